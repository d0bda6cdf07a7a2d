namespace OkxData.Testing;

/// <summary>A defect of the data on purpose.</summary>
public sealed record CandleDefect
{
    /// <summary>What is wrong.</summary>
    public required CandleDefectKind Kind { get; init; }

    /// <summary>The instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>The first opening concerned, inclusive, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the openings concerned, exclusive, UTC.</summary>
    /// <value>The default, <see langword="null"/>, means only the candle that opens at <see cref="From"/>.</value>
    public DateTimeOffset? To { get; init; }

    /// <summary>OKX's word for the bar, such as <c>1Dutc</c>.</summary>
    /// <value>The default, <see langword="null"/>, means every bar.</value>
    public string? Bar { get; init; }

    /// <summary>Where the defect shows.</summary>
    /// <value>The default is both endpoints and the pushes.</value>
    public CandleEndpoints Endpoints { get; init; } = CandleEndpoints.All;

    /// <summary>How many times the defect shows, counted in rows, before the data is whole again. Pushes have only defects that last.</summary>
    /// <value>The default, <see langword="null"/>, means always.</value>
    public int? Times { get; init; }

    /// <summary>What <see cref="CandleDefectKind.BrokenFigure"/> puts in place of the figure.</summary>
    /// <value>The default is the empty string.</value>
    public string Text { get; init; } = "";

    /// <summary>The column of <see cref="CandleDefectKind.BrokenFigure"/>, from 1 (open) to 7 (quote volume).</summary>
    /// <value>The default is 4, the close.</value>
    public int Column { get; init; } = 4;
}
