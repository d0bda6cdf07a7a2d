namespace OkxData.Testing;

/// <summary>The system's clock set to another instant: it runs on from there, and its timers and timestamps are real.</summary>
internal sealed class OffsetClock(DateTimeOffset start) : TimeProvider
{
    private readonly TimeSpan _offset = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _offset;
}
