namespace OkxData.Testing.Series;

/// <summary>Puts stretches together from the largest blocks that fit, and remembers the last day and hour it took apart.</summary>
internal sealed class BlockReader(Func<long, PricePath> pathAt)
{
    private readonly Block[] _hours = new Block[24];
    private readonly Block[] _minutes = new Block[60];
    private long _dayOfHours = long.MinValue;
    private long _hourOfMinutes = long.MinValue;

    /// <summary>The stretch [from, to), both whole minutes.</summary>
    public Block Read(long from, long to)
    {
        Block? sum = null;
        while (from < to)
        {
            var (block, length) = Largest(from, to);
            sum = sum?.Then(block) ?? block;
            from += length;
        }

        return sum ?? throw new ArgumentException("The stretch is empty.", nameof(to));
    }

    private (Block Block, long Length) Largest(long at, long to)
    {
        if (at % SimulatedBar.Day == 0 && at + SimulatedBar.Day <= to)
            return (pathAt(at).Day(at / SimulatedBar.Day), SimulatedBar.Day);
        if (at % SimulatedBar.Hour == 0 && at + SimulatedBar.Hour <= to)
            return (Hour(at), SimulatedBar.Hour);

        return (Minute(at), SimulatedBar.Minute);
    }

    private Block Hour(long at)
    {
        var day = at / SimulatedBar.Day * SimulatedBar.Day;
        if (_dayOfHours != day)
        {
            var path = pathAt(day);
            path.Cut(path.Day(day / SimulatedBar.Day), day, SimulatedBar.Day, _hours);
            _dayOfHours = day;
        }

        return _hours[(at - day) / SimulatedBar.Hour];
    }

    private Block Minute(long at)
    {
        var hour = at / SimulatedBar.Hour * SimulatedBar.Hour;
        if (_hourOfMinutes != hour)
        {
            pathAt(hour).Cut(Hour(hour), hour, SimulatedBar.Hour, _minutes);
            _hourOfMinutes = hour;
        }

        return _minutes[(at - hour) / SimulatedBar.Minute];
    }
}
