using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;

namespace OkxData.Http;

/// <summary>By how much the local clock is off, as a host's replies tell; it corrects the time in signatures, the wait for the end of announced maintenance, and what pushed times are held against.</summary>
/// <remarks>
/// What is kept is the range in which the host's clock minus ours must lie, given when a request was sent and when its answer came.
/// Of that range the value closest to zero counts: a clock is wrong only as far as that is proven. Thread-safe.
/// </remarks>
internal sealed class HostClock
{
    // A Date header is cut to the second.
    private static readonly TimeSpan DateStep = TimeSpan.FromSeconds(1);

    // OKX refuses what is 30 s off.
    private static readonly TimeSpan Worrying = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Fine = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan MuchChanged = TimeSpan.FromSeconds(5);

    // By more than this no clock is slewed between two replies; it was set, or the machine slept.
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OldAfter = TimeSpan.FromHours(1);
    private const double Drift = 1e-4;

    // Before OKX there was nothing to ask, and what is centuries away is a filler of somebody on the way, not a time.
    private const int FirstYear = 2017;
    private const int LastYear = 2199;

    private readonly Lock _gate = new();
    private readonly string _host;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private Measurement? _last;
    private TimeSpan? _warned;
    private long? _askedAt;

    public HostClock(string host, TimeProvider timeProvider, IMeterFactory meterFactory, ILogger logger)
    {
        (_host, _timeProvider, _logger) = (host, timeProvider, logger);
        meterFactory.Create(OkxDataDiagnostics.MeterName).CreateObservableGauge(
            OkxDataDiagnostics.ClockSkew, Observe, "s", "The host's clock minus the local one, as far as it is proven.");
    }

    /// <summary>The host's time.</summary>
    public DateTimeOffset Now => _timeProvider.GetUtcNow() + (Skew ?? TimeSpan.Zero);

    /// <summary>The host's clock minus ours; <see langword="null"/> while it is not known.</summary>
    public TimeSpan? Skew
    {
        get
        {
            lock (_gate)
                return Current()?.Skew;
        }
    }

    /// <summary>Whether the host's time was asked for less than an hour ago, and our clock was not set since.</summary>
    public bool IsFresh
    {
        get
        {
            lock (_gate)
                return _askedAt is { } asked && _timeProvider.GetElapsedTime(asked) < OldAfter && Current() is not null;
        }
    }

    /// <summary>Whether the host has told its time after that timestamp.</summary>
    public bool WasAskedAfter(long timestamp)
    {
        lock (_gate)
            return _askedAt > timestamp;
    }

    /// <summary>Takes in the Date header of a reply to what was sent at that instant of our clock.</summary>
    public void NoteReply(HttpResponseMessage response, DateTimeOffset sent)
    {
        // What came out of somebody's cache tells when it was put there.
        if (response.Headers.Date is { } date && response.Headers.Age is null && IsMeant(date))
            Note(date, date + DateStep, sent, _timeProvider.GetUtcNow());
    }

    /// <summary>Takes in the time that the host told between two instants of our clock.</summary>
    public void NoteTime(DateTimeOffset told, DateTimeOffset sent, DateTimeOffset received)
    {
        if (!IsMeant(told))
            return;

        lock (_gate)
            _askedAt = _timeProvider.GetTimestamp();
        Note(told, told + TimeSpan.FromMilliseconds(1), sent, received);
    }

    private static bool IsMeant(DateTimeOffset told) => told.UtcDateTime.Year is >= FirstYear and <= LastYear;

    private void Note(DateTimeOffset earliest, DateTimeOffset latest, DateTimeOffset sent, DateTimeOffset received)
    {
        if (received < sent)
            return;

        TimeSpan skew;
        bool isWorse, isFine;
        lock (_gate)
        {
            var fresh = new Measurement(earliest - received, latest - sent, received, _timeProvider.GetTimestamp());
            _last = Current() is { } known && known.Widened(fresh.Timestamp, _timeProvider) is var old && old.Meets(fresh) ? fresh.Narrowed(old) : fresh;
            skew = _last.Value.Skew;
            isWorse = skew.Duration() > Worrying && (_warned is not { } warned || (skew - warned).Duration() > MuchChanged);
            isFine = _warned is not null && skew.Duration() < Fine;
            _warned = isWorse ? skew : isFine ? null : _warned;
        }

        if (isWorse)
            HttpLog.ClockSkewed(_logger, Math.Abs(skew.TotalSeconds).ToString("0.0", CultureInfo.InvariantCulture), skew > TimeSpan.Zero ? "behind" : "ahead of", _host);
        else if (isFine)
            HttpLog.ClockRight(_logger, _host);
    }

    private Measurement? Current() => _last is { } last && !last.IsStaleAt(_timeProvider) ? last : null;

    private IEnumerable<Measurement<double>> Observe() => Skew is { } skew ? [new(skew.TotalSeconds, new KeyValuePair<string, object?>("host", _host))] : [];

    /// <summary>The range of the host's clock minus ours, as of an instant.</summary>
    private readonly record struct Measurement(TimeSpan Least, TimeSpan Most, DateTimeOffset Instant, long Timestamp)
    {
        public TimeSpan Skew => Least > TimeSpan.Zero ? Least : Most < TimeSpan.Zero ? Most : TimeSpan.Zero;

        public bool IsStaleAt(TimeProvider timeProvider) =>
            (timeProvider.GetUtcNow() - Instant - timeProvider.GetElapsedTime(Timestamp)).Duration() > Step;

        public Measurement Widened(long timestamp, TimeProvider timeProvider)
        {
            var slack = timeProvider.GetElapsedTime(Timestamp, timestamp) * Drift;
            return this with { Least = Least - slack, Most = Most + slack };
        }

        public bool Meets(Measurement other) => Least <= other.Most && other.Least <= Most;

        public Measurement Narrowed(Measurement old) => this with { Least = old.Least > Least ? old.Least : Least, Most = old.Most < Most ? old.Most : Most };
    }
}
