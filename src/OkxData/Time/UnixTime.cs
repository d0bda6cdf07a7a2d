namespace OkxData.Time;

/// <summary>The one place where instants become Unix milliseconds, as OKX writes them, and back.</summary>
internal static class UnixTime
{
    public const long MinMilliseconds = -62_135_596_800_000;
    public const long MaxMilliseconds = 253_402_300_799_999;

    /// <summary>The last whole millisecond at or before the instant.</summary>
    public static long ToMilliseconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds();

    /// <summary>The first whole millisecond at or after the instant.</summary>
    public static long ToMillisecondsCeiling(DateTimeOffset instant)
    {
        var floor = instant.ToUnixTimeMilliseconds();
        return instant.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? floor : floor + 1;
    }

    public static DateTimeOffset FromMilliseconds(long milliseconds) =>
        new(DateTime.UnixEpoch.Ticks + milliseconds * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    public static bool IsRepresentable(long milliseconds) => milliseconds is >= MinMilliseconds and <= MaxMilliseconds;
}
