using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Refresh;

/// <summary>Brings the series of one bar up to one close: each when it is due, and again where that did not succeed, until the next close.</summary>
internal sealed class RefreshRound(IOkxMarketClient client, BarSize bar, RefreshSchedule schedule, TimeSpan history, RefreshReport report, TimeProvider timeProvider)
{
    /// <summary>What OKX does not have after so many tries is left to the next close, which asks for it as well.</summary>
    private const int MaxTriesForMissing = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    /// <param name="close">The close, Unix ms.</param>
    /// <param name="symbols">The instruments.</param>
    /// <param name="isBehind">Whether all of them are due now.</param>
    /// <param name="cancellationToken">Ends the round.</param>
    public async Task RunAsync(long close, IReadOnlyCollection<string> symbols, bool isBehind, CancellationToken cancellationToken)
    {
        var pending = symbols.ToDictionary(symbol => symbol, symbol => (Due: isBehind ? timeProvider.GetUtcNow() : schedule.DueAt(close, symbol), Tries: 0), StringComparer.Ordinal);
        var current = 0;
        var end = schedule.NextRound(close);
        while (pending.Count > 0)
        {
            var next = pending.Values.Min(one => one.Due);
            if (next >= end)
                break;

            await Waiting.UntilAsync(next, timeProvider, cancellationToken).ConfigureAwait(false);
            var now = timeProvider.GetUtcNow();
            var wave = pending.Where(one => one.Value.Due <= now).Select(one => one.Key).ToList();
            foreach (var (symbol, outcome) in await AskAsync(close, wave, cancellationToken).ConfigureAwait(false))
            {
                var tries = pending[symbol].Tries + 1;
                report.Note(symbol, outcome, timeProvider.GetUtcNow() - UnixTime.FromMilliseconds(close));
                current += outcome.Result == RefreshResult.Current ? 1 : 0;
                var isOver = outcome.Result is RefreshResult.Current or RefreshResult.Refused || (outcome.Result == RefreshResult.Missing && tries >= MaxTriesForMissing);
                if (isOver)
                    pending.Remove(symbol);
                else
                    pending[symbol] = (timeProvider.GetUtcNow() + PauseAfter(tries), tries);
            }
        }

        report.Done(current, UnixTime.FromMilliseconds(close));
    }

    /// <summary>The wait before the next try.</summary>
    public static TimeSpan PauseAfter(int tries) => TimeSpan.FromTicks(Math.Min(FirstPause.Ticks << Math.Min(tries - 1, 16), LongestPause.Ticks));

    private async Task<IReadOnlyList<(string Symbol, RefreshOutcome Outcome)>> AskAsync(long close, List<string> wave, CancellationToken cancellationToken)
    {
        var query = new CandleBatchQuery { Symbols = wave, Bar = bar, From = schedule.FirstOpening(close, history), To = UnixTime.FromMilliseconds(close) };
        try
        {
            var batch = await client.GetCandlesAsync(query, cancellationToken).ConfigureAwait(false);
            return [.. wave.Select(symbol => (symbol, RefreshOutcome.Of(symbol, batch, schedule.LastOpening(close))))];
        }
        catch (OkxException exception)
        {
            return [.. wave.Select(symbol => (symbol, RefreshOutcome.Of(exception)))];
        }
    }
}
