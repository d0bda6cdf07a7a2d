namespace OkxData.Credentials;

/// <summary>What OKX has said of a key. Not thread-safe.</summary>
internal sealed class KeyState
{
    // From the shortest rest that is allowed to more than the longest.
    private const int MostDoublings = 17;

    private int _rejections;
    private long _restsSince;
    private long _restsUntil;
    private string _code = "";
    private string _advice = "";

    public bool WasRejected => _rejections > 0;

    public bool IsResting(long now) => WasRejected && now < _restsUntil;

    /// <summary>Whether the key began to rest after that instant, so that what was sent before tells nothing new.</summary>
    public bool RestedAfter(long instant) => WasRejected && instant <= _restsSince;

    public TimeSpan BeginRest(TimeProvider timeProvider, TimeSpan first, TimeSpan longest, string code, string advice)
    {
        var wanted = first * Math.Pow(2, Math.Min(_rejections, MostDoublings));
        var rest = wanted < longest ? wanted : longest;
        _rejections++;
        (_code, _advice) = (code, advice);
        _restsSince = timeProvider.GetTimestamp();
        _restsUntil = _restsSince + (long)(rest.TotalSeconds * timeProvider.TimestampFrequency);
        return rest;
    }

    public void Clear() => _rejections = 0;

    public KeyRest Describe(string keyHint, long now, TimeProvider timeProvider) =>
        new(keyHint, _code, _advice, _restsSince, timeProvider.GetElapsedTime(now, _restsUntil));
}
