using System.Collections.Frozen;

namespace OkxData.Testing.Series;

/// <summary>A bar as OKX names it, with its grid of openings in Unix milliseconds.</summary>
internal sealed class SimulatedBar
{
    public const long Second = 1000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;
    private const long HongKong = 8 * Hour;
    private const long FirstMonday = 4 * Day;

    private static readonly FrozenDictionary<string, SimulatedBar> ByCode = All().ToFrozenDictionary(bar => bar.Code, StringComparer.Ordinal);

    private readonly long _step;
    private readonly long _origin;

    private SimulatedBar(string code, long step, long origin) => (Code, _step, _origin) = (code, step, origin);

    public string Code { get; }

    /// <summary>Orders bars by their length.</summary>
    public long Length => _step == 0 ? 30 * Day : _step;

    public static SimulatedBar? Find(string code) => ByCode.GetValueOrDefault(code);

    public long Floor(long instant)
    {
        if (_step == 0)
            return MonthOpening(MonthIndex(instant));

        var offset = (instant - _origin) % _step;
        return instant - (offset < 0 ? offset + _step : offset);
    }

    public long Add(long opening, long bars) => _step == 0 ? MonthOpening(MonthIndex(opening) + bars) : opening + bars * _step;

    private long MonthIndex(long instant)
    {
        var date = DateTimeOffset.FromUnixTimeMilliseconds(instant - _origin);
        return date.Year * 12L + date.Month - 1;
    }

    private long MonthOpening(long index) =>
        new DateTimeOffset((int)(index / 12), (int)(index % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() + _origin;

    private static IEnumerable<SimulatedBar> All()
    {
        foreach (var minutes in (int[])[1, 3, 5, 15, 30])
            yield return new SimulatedBar($"{minutes}m", minutes * Minute, 0);
        foreach (var hours in (int[])[1, 2, 4])
            yield return new SimulatedBar($"{hours}H", hours * Hour, 0);

        foreach (var (suffix, shift) in ((string, long)[])[("", -HongKong), ("utc", 0)])
        {
            yield return new SimulatedBar("6H" + suffix, 6 * Hour, shift);
            yield return new SimulatedBar("12H" + suffix, 12 * Hour, shift);
            yield return new SimulatedBar("1D" + suffix, Day, shift);
            yield return new SimulatedBar("1W" + suffix, 7 * Day, FirstMonday + shift);
            yield return new SimulatedBar("1M" + suffix, 0, shift);
        }
    }
}
