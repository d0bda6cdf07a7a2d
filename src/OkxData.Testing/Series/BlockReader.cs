namespace OkxData.Testing.Series;

/// <summary>Puts stretches together from the largest blocks that fit, and remembers the last day, hour and minute it took apart.</summary>
internal sealed class BlockReader(Func<long, PricePath> pathAt)
{
    private readonly Block[] _hours = new Block[24];
    private readonly Block[] _minutes = new Block[60];
    private readonly Block[] _seconds = new Block[60];
    private (long From, long To, Block Sum) _read = (long.MinValue, long.MinValue, default);
    private long _dayOfHours = long.MinValue;
    private long _hourOfMinutes = long.MinValue;
    private long _minuteOfSeconds = long.MinValue;

    /// <summary>The stretch [from, to), both whole seconds.</summary>
    public Block Read(long from, long to)
    {
        if (from >= to)
            throw new ArgumentException("The stretch is empty.", nameof(to));

        // Most often the stretch read before has only grown.
        var (sum, at) = _read.From == from && _read.To <= to ? (_read.Sum, _read.To) : (default, from);
        while (at < to)
        {
            var (block, length) = Largest(at, to);
            sum = at == from ? block : sum.Then(block);
            at += length;
        }

        _read = (from, to, sum);
        return sum;
    }

    private (Block Block, long Length) Largest(long at, long to)
    {
        if (at % SimulatedBar.Day == 0 && at + SimulatedBar.Day <= to)
            return (pathAt(at).Day(at / SimulatedBar.Day), SimulatedBar.Day);
        if (at % SimulatedBar.Hour == 0 && at + SimulatedBar.Hour <= to)
            return (Hour(at), SimulatedBar.Hour);

        if (at % SimulatedBar.Minute == 0 && at + SimulatedBar.Minute <= to)
            return (Minute(at), SimulatedBar.Minute);

        return (Second(at), SimulatedBar.Second);
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

    private Block Second(long at)
    {
        var minute = at / SimulatedBar.Minute * SimulatedBar.Minute;
        if (_minuteOfSeconds != minute)
        {
            pathAt(minute).Cut(Minute(minute), minute, SimulatedBar.Minute, _seconds);
            _minuteOfSeconds = minute;
        }

        return _seconds[(at - minute) / SimulatedBar.Second];
    }
}
