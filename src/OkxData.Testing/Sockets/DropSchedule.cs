using OkxData.Testing.Series;

namespace OkxData.Testing.Sockets;

/// <summary>When the connections of a path drop, and how: instants that depend on nothing but the seed and where they begin.</summary>
internal sealed class DropSchedule(int seed, string path)
{
    private const int KindSalt = 1;

    private readonly ulong _seed = Noise.Seed(seed, "drops" + path);
    private TimeSpan _mean;
    private long _next;
    private long _count;

    /// <summary>Whether a drop is planned and has not come yet.</summary>
    public bool IsPlanned { get; set; }

    /// <summary>The first drop after an instant, in ticks.</summary>
    public long NextAfter(long now, TimeSpan mean)
    {
        if (_mean != mean)
            (_mean, _next) = (mean, now);
        while (_next <= now)
            _next += 1 + (long)(-Math.Log(1 - Noise.Unit(_seed, _count++, 0)) * mean.Ticks);
        return _next;
    }

    public SocketDropKind Draw(IList<SocketDropKind> kinds) => kinds[(int)(Noise.At(_seed, _count, KindSalt) % (ulong)kinds.Count)];
}
