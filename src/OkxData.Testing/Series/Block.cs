namespace OkxData.Testing.Series;

/// <summary>A stretch of trading: prices in ticks, volume in the unit of the instrument's first volume column.</summary>
internal readonly record struct Block(long Open, long High, long Low, long Close, decimal Volume)
{
    public Block Then(Block next) =>
        new(Open, Math.Max(High, next.High), Math.Min(Low, next.Low), next.Close, Volume + next.Volume);
}
