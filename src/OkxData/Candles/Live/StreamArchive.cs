using OkxData.Candles.Archive;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Live;

/// <summary>Puts what a stream has given into the archive, many candles at a time, since each write is one of a whole file.</summary>
/// <remarks>Thread-safe. It writes from time to time whether or not the reader comes back, and once more at the end.</remarks>
internal sealed class StreamArchive : IAsyncDisposable
{
    /// <summary>How long a candle may wait to be written; a kill costs no more, and only requests.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>How long whoever leaves waits for OKX to say that what is stored is of the same asset.</summary>
    private static readonly TimeSpan LongestLeave = TimeSpan.FromSeconds(3);

    private readonly CandleArchive _archive;
    private readonly AskCandles _ask;
    private readonly LiveReport _report;
    private readonly TimeProvider _timeProvider;
    private readonly Lock _gate = new();
    private readonly Dictionary<SeriesKey, List<Candle>> _waiting = [];
    private readonly Dictionary<SeriesKey, int> _compared = [];
    private readonly HashSet<SeriesKey> _barred = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writing;

    public StreamArchive(CandleArchive archive, AskCandles ask, LiveReport report, TimeProvider timeProvider)
    {
        (_archive, _ask, _report, _timeProvider) = (archive, ask, report, timeProvider);
        _writing = WritePeriodicallyAsync();
    }

    /// <summary>Says that history has just been fetched and compared with what is stored, of which generation.</summary>
    public void NoteCompared(SeriesKey key, bool isRevised, int? generation)
    {
        lock (_gate)
        {
            if (isRevised)
                _barred.Add(key);
            else if (generation is { } compared)
                _compared[key] = compared;
        }
    }

    public void Add(SeriesKey key, in Candle candle)
    {
        lock (_gate)
        {
            if (_barred.Contains(key))
                return;
            if (!_waiting.TryGetValue(key, out var rows))
                _waiting.Add(key, rows = []);
            rows.Add(candle);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        using (var patience = new CancellationTokenSource(LongestLeave, _timeProvider))
            await WriteAsync(patience.Token).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WritePeriodicallyAsync()
    {
        using var timer = new PeriodicTimer(Period, _timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                await WriteAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return; // the stream is over; what waits is written by the one who stops
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        List<SeriesKey> keys;
        lock (_gate)
            keys = [.. _waiting.Keys];
        foreach (var key in keys)
        {
            if (await GenerationToAddToAsync(key, cancellationToken).ConfigureAwait(false) is { } generation)
                await WriteAsync(key, generation).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(SeriesKey key, int generation)
    {
        Candle[] rows;
        lock (_gate)
        {
            if (!_waiting.Remove(key, out var waiting))
                return;
            rows = [.. waiting];
        }

        // Only rows: what OKX has no candle of is too young to be remembered as such.
        var facts = new SeriesFacts { LastFinished = CandleRows.OpenMilliseconds(in rows[^1]) };
        var addition = new ArchiveAddition(key, rows, IntervalSet.Empty, facts, _timeProvider.GetUtcNow().ToUnixTimeMilliseconds(), generation);
        await _archive.AddAsync(addition, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The generation whose newest candle is as OKX says, so that it is the same asset's as far as that tells; asked once. <see langword="null"/> where it is not, or cannot be told.</summary>
    private async Task<int?> GenerationToAddToAsync(SeriesKey key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_barred.Contains(key))
                return null;
            if (_compared.TryGetValue(key, out var compared))
                return compared;
        }

        try
        {
            var (isSame, generation) = await IsSameAsync(key, cancellationToken).ConfigureAwait(false);
            NoteCompared(key, !isSame, generation);

            if (isSame)
                return generation;

            lock (_gate)
                _waiting.Remove(key);
            _report.NotArchived(key, "OKX says something else than what is stored, so the name may have passed to another asset; AcceptHistoryAsync takes what OKX says, as a new generation");
            return null;
        }
        catch (Exception exception) when (exception is OkxException or OperationCanceledException or ObjectDisposedException)
        {
            return null; // asked again at the next write; what is never written is fetched when it is asked for
        }
    }

    private async Task<(bool IsSame, int Generation)> IsSameAsync(SeriesKey key, CancellationToken cancellationToken)
    {
        var (last, generation) = await _archive.LoadLastAsync(key, cancellationToken).ConfigureAwait(false);
        if (last is not { } stored)
            return (true, generation);

        var opening = CandleRows.OpenMilliseconds(in stored);
        var bar = new Interval(opening, key.Grid.Add(opening, 1));
        var page = await _ask(key, bar, CandleSource.History, cancellationToken).ConfigureAwait(false);
        if (page.Candles.IsEmpty)
            page = await _ask(key, bar, CandleSource.Recent, cancellationToken).ConfigureAwait(false);
        foreach (ref readonly var row in page.Candles.Span)
        {
            if (row.OpenTime == stored.OpenTime && row.IsFinished)
                return (CandleRows.HaveSameFigures(in row, in stored), generation);
        }

        return (false, generation);
    }
}
