namespace OkxData.Testing.Series;

/// <summary>The defects on purpose, applied to rows on their way out.</summary>
internal sealed class DefectBook
{
    private readonly Lock _gate = new();
    private readonly List<(CandleDefect Defect, ShowCount Shown)> _defects = [];

    public void Add(CandleDefect defect)
    {
        lock (_gate)
            _defects.Add((defect, new ShowCount()));
    }

    public void Clear()
    {
        lock (_gate)
            _defects.Clear();
    }

    /// <summary>The row as the exchange itself has it; <see langword="null"/> where it lacks it for good. How a row is shown does not matter here.</summary>
    public CandleRow? Truth(CandleRow row, string symbol, SimulatedBar bar, Func<string> previousClose)
    {
        CandleDefect[] kinds;
        lock (_gate)
        {
            if (_defects.Count == 0)
                return row;

            kinds = [.. _defects.Select(entry => entry.Defect).Where(defect => defect.Times is null && Concerns(defect, row.Opening, symbol, bar, CandleEndpoints.History))];
        }

        return kinds.Any(defect => defect.Kind == CandleDefectKind.Missing)
            ? null
            : kinds.Where(defect => defect.Kind is CandleDefectKind.NoTrade or CandleDefectKind.Revised).Aggregate(row, (changed, defect) => Change([changed], defect, previousClose)[0]);
    }

    /// <summary>The rows that are served in place of one.</summary>
    public IEnumerable<CandleRow> Apply(CandleRow row, string symbol, SimulatedBar bar, CandleEndpoints endpoint, Func<string> previousClose)
    {
        var kinds = Matching(row, symbol, bar, endpoint);
        if (kinds.Length == 0)
            return [row];
        if (kinds.Any(defect => defect.Kind == CandleDefectKind.Missing))
            return [];

        CandleRow[] rows = [row];
        foreach (var defect in kinds)
            rows = Change(rows, defect, previousClose);
        return rows;
    }

    private CandleDefect[] Matching(CandleRow row, string symbol, SimulatedBar bar, CandleEndpoints endpoint)
    {
        lock (_gate)
        {
            if (_defects.Count == 0)
                return [];

            return _defects
                .Where(entry => Concerns(entry.Defect, row.Opening, symbol, bar, endpoint) && IsShown(entry.Defect, entry.Shown, endpoint))
                .Select(entry => entry.Defect)
                .ToArray();
        }
    }

    /// <summary>A bar is pushed many times, so pushes would use up what is counted.</summary>
    private static bool IsShown(CandleDefect defect, ShowCount shown, CandleEndpoints endpoint) =>
        endpoint == CandleEndpoints.Stream ? defect.Times is null : shown.Take(defect.Times);

    private static bool Concerns(CandleDefect defect, long opening, string symbol, SimulatedBar bar, CandleEndpoints endpoint)
    {
        var from = defect.From.ToUnixTimeMilliseconds();
        var to = defect.To?.ToUnixTimeMilliseconds() ?? from + 1;
        return defect.Symbol == symbol
            && opening >= from
            && opening < to
            && (defect.Bar is null || defect.Bar == bar.Code)
            && (defect.Endpoints & endpoint) != 0;
    }

    private static CandleRow[] Change(CandleRow[] rows, CandleDefect defect, Func<string> previousClose) => defect.Kind switch
    {
        CandleDefectKind.Duplicate => [rows[0], .. rows],
        CandleDefectKind.ConflictingDuplicate => [rows[0], Revise(rows[0])],
        CandleDefectKind.BrokenFigure => [Break(rows[0], defect.Column, defect.Text), .. rows[1..]],
        CandleDefectKind.HighBelowLow => [rows[0] with { High = rows[0].Low, Low = rows[0].High }, .. rows[1..]],
        CandleDefectKind.ZeroPrice => [rows[0] with { Open = "0", High = "0", Low = "0", Close = "0" }, .. rows[1..]],
        CandleDefectKind.OffGrid => [rows[0] with { Opening = rows[0].Opening + 1000 }, .. rows[1..]],
        CandleDefectKind.NoTrade => [Flatten(rows[0], previousClose()), .. rows[1..]],
        CandleDefectKind.Revised => [Revise(rows[0]), .. rows[1..]],
        _ => rows,
    };

    private static CandleRow Flatten(CandleRow row, string price) =>
        row with { Open = price, High = price, Low = price, Close = price, Volume = "0", VolumeInCurrency = "0", QuoteVolume = "0" };

    private static CandleRow Revise(CandleRow row) => row with
    {
        Close = row.Low,
        Volume = Grown(row.Volume),
        VolumeInCurrency = Grown(row.VolumeInCurrency),
        QuoteVolume = Grown(row.QuoteVolume),
    };

    private static string Grown(string figure) => Figures.Text(Figures.Parse(figure) * 2 + 1);

    private static CandleRow Break(CandleRow row, int column, string text) => column switch
    {
        1 => row with { Open = text },
        2 => row with { High = text },
        3 => row with { Low = text },
        4 => row with { Close = text },
        5 => row with { Volume = text },
        6 => row with { VolumeInCurrency = text },
        7 => row with { QuoteVolume = text },
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "The column of a broken figure is 1 (open) to 7 (quote volume)."),
    };

    private sealed class ShowCount
    {
        private int _shown;

        public bool Take(int? limit) => limit is null || _shown++ < limit;
    }
}
