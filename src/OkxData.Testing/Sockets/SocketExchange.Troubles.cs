using System.Net.WebSockets;

namespace OkxData.Testing.Sockets;

/// <content>Outages, drops and notices.</content>
internal sealed partial class SocketExchange
{
    private readonly Dictionary<string, DropSchedule> _drops;
    private volatile OutageMode _outage;

    /// <summary>Whether new connections are refused, as while the socket servers are down.</summary>
    public bool RefuseConnections { get; set; }

    /// <summary>Of the whole exchange. Open connections break, or fall silent where nothing is answered.</summary>
    public OutageMode Outage
    {
        get => _outage;
        set
        {
            _outage = value;
            if (value != OutageMode.None)
                Drop(value == OutageMode.Hang ? SocketDropKind.Silence : SocketDropKind.Abort, null);
        }
    }

    public void SetFaults(Action<SimulatorSocketFaultOptions> change)
    {
        change(_options.Sockets.Faults);
        _options.Sockets.Faults.Check();
        _timeline.Post(now =>
        {
            foreach (var connection in Snapshot())
                PlanDrop(connection.Path, now);
        });
    }

    /// <summary>Drops the open connections of a path, or of all.</summary>
    public void Drop(SocketDropKind kind, string? path) => _timeline.Post(now => Drop(kind, path, now));

    /// <summary>Sends something to the open connections of a path, or of all.</summary>
    public void Send(Frame frame, string? path) => _timeline.Post(now =>
    {
        foreach (var connection in Of(path))
            connection.Send(frame, now);
    });

    /// <summary>Announces that the open connections of a path are closed, and closes them.</summary>
    public void Upgrade(string path, TimeSpan notice) => _timeline.Post(now =>
    {
        var connections = Of(path);
        foreach (var connection in connections)
            connection.Send(_desk.Notice(connection), now);
        _timeline.Plan(now + notice.Ticks, later =>
        {
            foreach (var connection in connections)
                DropOne(connection, SocketDropKind.Close, later);
        });
    });

    private SocketConnection[] Of(string? path) => [.. Snapshot().Where(connection => !connection.IsSilent && (path is null || connection.Path == path))];

    private void PlanDrop(string path, long now)
    {
        var schedule = _drops[path];
        if (schedule.IsPlanned || _options.Sockets.Faults.MeanTimeBetweenDrops is not { } mean)
            return;

        schedule.IsPlanned = true;
        _timeline.Plan(schedule.NextAfter(now, mean), due =>
        {
            schedule.IsPlanned = false;
            if (_options.Sockets.Faults.MeanTimeBetweenDrops is null)
                return;

            // Without a connection there is nothing to drop; the next one plans anew, on the same schedule.
            Drop(schedule.Draw(_options.Sockets.Faults.DropKinds), path, due);
            if (Of(path).Length > 0)
                PlanDrop(path, due);
        });
    }

    private void Drop(SocketDropKind kind, string? path, long now)
    {
        foreach (var connection in Of(path))
            DropOne(connection, kind, now);
    }

    private void DropOne(SocketConnection connection, SocketDropKind kind, long now)
    {
        if (!connection.IsOpen || connection.IsSilent)
            return;

        switch (kind)
        {
            case SocketDropKind.Close:
                Close(connection, WebSocketCloseStatus.EndpointUnavailable, "", now);
                return;
            case SocketDropKind.Silence:
                // It counts as open until the client gives it up.
                _desk.Clear(connection);
                connection.IsSilent = true;
                return;
            case SocketDropKind.CutFrame:
                connection.Send(PushFaults.CutFrame, now);
                break;
        }

        Forget(connection, null);
        connection.Abort(now);
    }
}
