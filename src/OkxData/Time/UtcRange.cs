using System.Globalization;

namespace OkxData.Time;

/// <summary>A half-open interval of instants in UTC: the start is inside, the end is not.</summary>
public readonly record struct UtcRange
{
    /// <summary>Creates a range; any offset is accepted and turned into UTC.</summary>
    /// <param name="start">The first instant inside the range (inclusive).</param>
    /// <param name="end">The first instant after the range (exclusive); not before <paramref name="start"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="end"/> lies before <paramref name="start"/>.</exception>
    public UtcRange(DateTimeOffset start, DateTimeOffset end)
    {
        if (end < start)
            throw new ArgumentException($"The range ends at {Text(end)}, before it starts at {Text(start)}; swap the two.", nameof(end));

        Start = start.ToUniversalTime();
        End = end.ToUniversalTime();
    }

    /// <summary>The first instant inside the range (inclusive), UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>The first instant after the range (exclusive), UTC.</summary>
    public DateTimeOffset End { get; }

    /// <summary>The length of the range.</summary>
    public TimeSpan Duration => End - Start;

    /// <summary>Whether the range holds no instant.</summary>
    public bool IsEmpty => Start == End;

    /// <summary>Whether the instant lies in the range: at or after the start and before the end.</summary>
    /// <param name="instant">The instant, with any offset.</param>
    /// <returns><see langword="true"/> when the instant lies inside.</returns>
    public bool Contains(DateTimeOffset instant) => instant >= Start && instant < End;

    /// <summary>Whether the two ranges share an instant.</summary>
    /// <param name="other">The other range.</param>
    /// <returns><see langword="true"/> when they overlap; ranges that only touch do not.</returns>
    public bool Overlaps(UtcRange other) => Start < other.End && other.Start < End && !IsEmpty && !other.IsEmpty;

    /// <summary>The instants that both ranges hold.</summary>
    /// <param name="other">The other range.</param>
    /// <returns>The common part, or <see langword="null"/> when there is none.</returns>
    public UtcRange? Intersect(UtcRange other) => Overlaps(other)
        ? new UtcRange(Start > other.Start ? Start : other.Start, End < other.End ? End : other.End)
        : null;

    /// <summary>The range as ISO 8601 instants, such as <c>[2024-01-01T00:00:00Z, 2024-02-01T00:00:00Z)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"[{Text(Start)}, {Text(End)})";

    private static string Text(DateTimeOffset instant) => instant.ToUniversalTime().ToString(
        instant.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
