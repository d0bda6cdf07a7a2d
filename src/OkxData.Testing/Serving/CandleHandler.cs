using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using OkxData.Testing.Market;
using OkxData.Testing.Series;

namespace OkxData.Testing.Serving;

/// <summary>GET /api/v5/market/candles and /api/v5/market/history-candles.</summary>
internal sealed class CandleHandler
{
    private const int DefaultRows = 100;
    private const int OkxPageCap = 300;

    private readonly SymbolBook _symbols;
    private readonly DefectBook _defects;
    private readonly ConcurrentDictionary<string, int> _pageCaps;
    private readonly int _recentBars;
    private readonly bool _historyServesForming;

    public CandleHandler(SymbolBook symbols, DefectBook defects, OkxSimulatorOptions options)
    {
        _symbols = symbols;
        _defects = defects;
        _pageCaps = new ConcurrentDictionary<string, int>(options.PageCaps);
        _recentBars = options.RecentBars;
        _historyServesForming = options.HistoryServesForming;
        HistoryLag = options.HistoryLag;
        CandlesLag = options.CandlesLag;
    }

    public TimeSpan HistoryLag { get; set; }

    public TimeSpan CandlesLag { get; set; }

    public void SetPageCap(string path, int rows) => _pageCaps[path] = rows;

    public Reply Handle(string path, IQueryCollection query, DateTimeOffset now)
    {
        var endpoint = path == SimulatorPaths.Candles ? CandleEndpoints.Candles : CandleEndpoints.History;
        var name = query["instId"].ToString();
        if (name.Length == 0)
            return Reply.WrongParameter("instId");
        if (SimulatedBar.Find(query.TryGetValue("bar", out var word) ? word.ToString() : "1m") is not { } bar)
            return Reply.WrongParameter("bar");
        if (!TryNumber(query, "after", long.MaxValue, out var olderThan))
            return Reply.WrongParameter("after");
        if (!TryNumber(query, "before", long.MinValue, out var newerThan))
            return Reply.WrongParameter("before");
        if (!TryNumber(query, "limit", DefaultRows, out var limit) || limit <= 0)
            return Reply.WrongParameter("limit");
        if (_symbols.Find(name) is not { } symbol || (!symbol.IsListedAt(now) && !symbol.IsAnnouncedAt(now)))
            return Reply.UnknownInstrument();
        if (symbol.IsAnnouncedAt(now))
            return Reply.Refused(200, "51021", "Currency pair or contract is not yet listed.");

        var rows = (int)Math.Min(limit, _pageCaps.GetValueOrDefault(path, OkxPageCap));
        var milliseconds = now.ToUnixTimeMilliseconds();
        var page = Serve(symbol, bar, endpoint, olderThan, newerThan, milliseconds).Take(rows);
        return Reply.Ok(writer =>
        {
            foreach (var row in page)
                CandleRowWriter.Write(writer, row);
        });
    }

    private IEnumerable<CandleRow> Serve(ListedSymbol symbol, SimulatedBar bar, CandleEndpoints endpoint, long olderThan, long newerThan, long now)
    {
        if (endpoint == CandleEndpoints.Candles)
        {
            now -= (long)CandlesLag.TotalMilliseconds;
            var oldest = bar.Add(bar.Floor(now), 1 - _recentBars);
            newerThan = Math.Max(newerThan, oldest - 1);
        }

        foreach (var row in symbol.Series.ReadNewestFirst(bar, olderThan, newerThan, now))
        {
            if (endpoint == CandleEndpoints.History && IsNotYetInHistory(row, bar, now))
                continue;
            foreach (var served in _defects.Apply(row, symbol.Name, bar, endpoint, () => PreviousClose(symbol, bar, row, now)))
                yield return served;
        }
    }

    private bool IsNotYetInHistory(CandleRow row, SimulatedBar bar, long now) => row.IsConfirmed
        ? now - bar.Add(row.Opening, 1) < HistoryLag.TotalMilliseconds
        : !_historyServesForming;

    private static string PreviousClose(ListedSymbol symbol, SimulatedBar bar, CandleRow row, long now) =>
        symbol.Series.ReadNewestFirst(bar, row.Opening, long.MinValue, now).FirstOrDefault(row).Close;

    private static bool TryNumber(IQueryCollection query, string name, long absent, out long number)
    {
        number = absent;
        var text = query[name].ToString();
        return text.Length == 0 || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
