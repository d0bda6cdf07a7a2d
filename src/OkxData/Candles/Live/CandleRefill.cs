using OkxData.Candles.History;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Live;

/// <summary>Fetches what a stream has missed of one series: one request, and another only where the reply leaves something open.</summary>
/// <remarks>
/// It goes past the history service on purpose: that compares with the archive and looks twice, which for a single bar of
/// twenty symbols would triple the requests.
/// </remarks>
internal sealed class CandleRefill(AskCandles ask)
{
    /// <summary>How often the rest of a short reply is asked for; hosts that give a hundred rows at a time need two, and the end of a long hole some more.</summary>
    private const int MaxRests = 32;

    public async Task<RefillAnswer> AskAsync(SeriesKey key, RefillRequest request, CancellationToken cancellationToken)
    {
        var answers = new List<PageAnswer>();
        var openings = request.Openings;
        var answer = await AskAsync(key, openings, request.Source).ConfigureAwait(false);
        while (request.IsJudging && answer.RowCount == 0 && openings.End < request.BegunBefore)
        {
            var twice = key.Grid.Add(openings.Start, 2 * key.Grid.CountBetween(openings.Start, openings.End));
            openings = openings with { End = Math.Min(twice, request.BegunBefore) };
            answer = await AskAsync(key, openings, request.Source).ConfigureAwait(false);
        }

        var isSilent = answer.RowCount == 0;
        for (var rests = 0; request.HasRest && answer.Oldest > openings.Start && rests < MaxRests; rests++)
        {
            openings = openings with { End = answer.Oldest.Value };
            answer = await AskAsync(key, openings, CandleSource.History).ConfigureAwait(false);
        }

        var rows = answers.SelectMany(one => one.Sound.ToArray()).ToList();
        var issues = answers.SelectMany(one => one.Bad).SelectMany(row => row.Issues).ToList();
        return new RefillAnswer(rows, !request.IsJudging ? IntervalSet.Empty : isSilent ? Silence() : Judge(), issues);

        async Task<PageAnswer> AskAsync(SeriesKey series, Interval asked, CandleSource source)
        {
            var page = PageAnswer.Read(series, asked, await ask(series, asked, source, cancellationToken).ConfigureAwait(false));
            answers.Add(page);
            return page;
        }

        // What lies between the start and the newest row, all of which has been answered for, and has no row.
        IntervalSet Judge()
        {
            var isAnswered = answer.RowCount == 0 || answer.Oldest == request.Openings.Start;
            if (rows.Count == 0 || !isAnswered || answers.Any(one => one.HasUnplacedRow))
                return IntervalSet.Empty;

            var newest = rows.Max(row => CandleRows.OpenMilliseconds(in row));
            return IntervalSet.Of(rows.Select(row => new Interval(CandleRows.OpenMilliseconds(in row), key.Grid.Add(CandleRows.OpenMilliseconds(in row), 1))))
                .Complement(new Interval(request.Openings.Start, Math.Min(newest, request.JudgedBefore)));
        }

        IntervalSet Silence() => IntervalSet.Of(new Interval(request.Openings.Start, Math.Min(request.Openings.End, request.SilentBefore)));
    }
}
