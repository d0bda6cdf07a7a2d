using System.Net.WebSockets;

namespace OkxData.Streaming;

/// <content>Opens connections, one after another, and closes what is not needed.</content>
internal sealed partial class StreamFeed
{
    // With the random part of up to a half more, the longest wait is what the options say.
    private const double RandomPart = 0.5;

    private const int MostDoublings = 30;

    /// <summary>A connection has ended.</summary>
    public void OnEnded(StreamSession session)
    {
        lock (Gate)
        {
            _sessions.Remove(session);
            foreach (var (topic, entry) in _topics.Where(pair => pair.Value.Server == session).ToList())
            {
                entry.Server = _sessions.Find(other => other.Serves(topic));
                if (entry.Server is null)
                    TellAll(entry, topic, static (listener, topic) => listener.OnInterrupted(topic));
            }

            if (_isClosed || session.Loss == StreamLoss.Closed)
                return;

            StreamingLog.Lost(_context.Logger, Name, session.Loss!.Reason);
            _outage.Note(session.Loss.Reason);
            if (_topics.Values.All(entry => entry.Server is null))
                _outage.Begin();
        }
    }

    private void Open()
    {
        _outage.Begin();

        // The feed outlives the call that made it; so must not what that call's context holds.
        using (ExecutionContext.SuppressFlow())
            _completion = Task.Run(RunAsync);
    }

    private Task Close()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            foreach (var session in _sessions)
                session.Close();
            _ = _stop.CancelAsync();
        }

        return _completion;
    }

    /// <summary>Once everything is on the newest connection, the others go.</summary>
    private void Retire(StreamSession newest)
    {
        if (_sessions.Count < 2 || _sessions[^1] != newest || !newest.IsSettled)
            return;

        StreamingLog.Replaced(_context.Logger, Name);
        foreach (var old in _sessions[..^1])
        {
            _sessions.Remove(old);
            old.Close();
        }
    }

    private async Task RunAsync()
    {
        var sessions = new List<Task>();
        for (var failures = 0; await WaitAsync(failures).ConfigureAwait(false);)
        {
            if (await TryBeginAsync(isFirst: sessions.Count == 0).ConfigureAwait(false) is not { } session)
            {
                failures++;
                continue;
            }

            sessions.Add(session.Completion);
            await session.Outcome.ConfigureAwait(false);
            sessions.RemoveAll(task => task.IsCompleted && sessions.Count > 1);
            failures = !IsProven(session) ? failures + 1 : session.Loss is null ? 0 : 1;
        }

        await Task.WhenAll(sessions).ConfigureAwait(false);
        _outage.Dispose();
    }

    /// <summary>Waits before the next try, longer after each failure; <see langword="false"/> when there is to be none.</summary>
    private async Task<bool> WaitAsync(int failures)
    {
        if (failures > 0 && !_stop.IsCancellationRequested)
        {
            var doubled = _context.Options.ReconnectDelay * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
            var longest = _context.Options.MaxReconnectDelay / (1 + RandomPart);
            var delay = (doubled < longest ? doubled : longest) * (1 + RandomPart * _context.NextRandom());
            await Task.Delay(delay, _context.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return !_stop.IsCancellationRequested;
    }

    private async Task<StreamSession?> TryBeginAsync(bool isFirst)
    {
        try
        {
            var session = Begin(await _context.Opener.OpenAsync(Path, _stop.Token).ConfigureAwait(false));
            if (session is not null && !isFirst)
                _context.Metrics.Reconnected(Path);
            return session;
        }
        catch (Exception exception)
        {
            if (_stop.IsCancellationRequested)
                return null;

            var loss = StreamLoss.Of(exception);
            _outage.Note(loss.Reason);
            StreamingLog.ConnectFailed(_context.Logger, _context.Opener.AddressOf(Path), loss.Reason);
            return null;
        }
    }

    private StreamSession? Begin(WebSocket socket)
    {
        lock (Gate)
        {
            if (_isClosed)
            {
                socket.Dispose();
                return null;
            }

            var session = new StreamSession(this, socket, _context);
            _sessions.Add(session);
            session.Start(_topics.Keys);
            StreamingLog.Connected(_context.Logger, _context.Opener.AddressOf(Path), _topics.Count);
            return session;
        }
    }

    private bool IsProven(StreamSession session)
    {
        lock (Gate)
            return session.IsProven;
    }
}
