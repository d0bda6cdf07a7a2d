namespace OkxData.Testing.Series;

/// <summary>
/// The prices and volumes of one invented asset. A day follows from the seed alone; its hours are cut out of the day,
/// an hour's minutes out of the hour and a minute's seconds out of the minute, so that they add up to it to the tick and to the last digit of volume.
/// </summary>
internal sealed class PricePath(ulong priceSeed, ulong volumeSeed, double level, double tick, double dailyVolume, int volumeDecimals)
{
    private const int CloseSalt = 20;
    private const int HighSalt = 21;
    private const int LowSalt = 22;
    private const int VolumeSalt = 23;
    private const int OpenSalt = 24;

    public Block Day(long day)
    {
        var opening = TicksAt(day);
        var close = TicksAt(day + 1);
        var open = Nudge(opening, priceSeed, day, OpenSalt);
        var reach = Math.Max(open, close) * 0.03;
        var high = Math.Max(open, close) + (long)(Noise.Unit(priceSeed, day, HighSalt) * reach);
        var low = Math.Max(1, Math.Min(open, close) - (long)(Noise.Unit(priceSeed, day, LowSalt) * reach));
        var activity = Math.Exp((Noise.Unit(volumeSeed, day, VolumeSalt) - 0.5) * 1.6) * level / (close * tick);
        var volume = decimal.Round((decimal)(dailyVolume * activity), volumeDecimals);
        return new Block(open, high, low, close, volume);
    }

    /// <summary>Cuts a block into equal stretches of time that add up to it.</summary>
    public void Cut(Block whole, long opening, long length, Span<Block> parts)
    {
        var count = parts.Length;
        var range = whole.High - whole.Low;
        var step = length / count;
        var highAt = (int)(Noise.At(priceSeed, opening, HighSalt + (int)(step >> 8)) % (ulong)count);
        var lowAt = (int)(Noise.At(priceSeed, opening, LowSalt + (int)(step >> 8)) % (ulong)count);
        var weights = (Span<long>)stackalloc long[count];
        var total = 0L;
        for (var i = 0; i < count; i++)
            total += weights[i] = 1 + (long)(Noise.At(volumeSeed, opening + i * step, (int)(step >> 8)) & 1023);

        var last = whole.Open;
        var (weightSoFar, volumeSoFar) = (0L, 0m);
        for (var i = 0; i < count; i++)
        {
            var at = opening + i * step;
            var salt = (int)(step >> 8);
            var open = i == 0 ? whole.Open : Math.Clamp(Nudge(last, priceSeed, at, OpenSalt + salt), whole.Low, whole.High);
            var close = i == count - 1 ? whole.Close : Wander(whole, i + 1, count, Noise.Unit(priceSeed, at, CloseSalt + salt));
            var wick = range / 12.0;
            var high = i == highAt ? whole.High : Math.Min(whole.High, Math.Max(open, close) + (long)(Noise.Unit(priceSeed, at, HighSalt + salt) * wick));
            var low = i == lowAt ? whole.Low : Math.Max(whole.Low, Math.Min(open, close) - (long)(Noise.Unit(priceSeed, at, LowSalt + salt) * wick));

            weightSoFar += weights[i];
            var volumeByHere = i == count - 1 ? whole.Volume : decimal.Round(whole.Volume * weightSoFar / total, volumeDecimals, MidpointRounding.ToZero);
            parts[i] = new Block(open, high, low, close, volumeByHere - volumeSoFar);
            (last, volumeSoFar) = (close, volumeByHere);
        }
    }

    private long TicksAt(long day) => Math.Max(1, (long)Math.Round(level * Math.Exp(Noise.LogPrice(priceSeed, day)) / tick));

    private static long Wander(Block whole, int place, int count, double noise)
    {
        var share = (double)place / count;
        var straight = whole.Open + (whole.Close - whole.Open) * share;
        var swing = (whole.High - whole.Low) * 2 * share * (1 - share) * (noise - 0.5);
        return Math.Clamp((long)Math.Round(straight + swing), whole.Low, whole.High);
    }

    /// <summary>The first trade of a bar is seldom at the last price of the one before.</summary>
    private static long Nudge(long ticks, ulong seed, long place, int salt) =>
        Math.Max(1, ticks + (long)(Noise.At(seed, place, salt) % 3) - 1);
}
