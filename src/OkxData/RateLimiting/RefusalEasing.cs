namespace OkxData.RateLimiting;

/// <summary>How many tokens may be out after refusals: half after a burst, an eighth less after a single one, then more by more; what was refused before is not tried again soon.</summary>
/// <remarks>
/// A refusal means that OKX counts otherwise than it documents, or that others use the same address. All refusals of one burst are
/// one event. After the pause that follows, tokens come one by one over a window instead of all at once.
/// </remarks>
internal sealed class RefusalEasing(int permits)
{
    /// <summary>How long a level that was refused is left alone, at first and at most; each further refusal there doubles it.</summary>
    private const int FirstHoldInWindows = 30;
    private const int LongestHoldInWindows = 300;
    private const int WindowsPerStep = 2;

    /// <summary>A single refusal takes an eighth away: it may have been chance.</summary>
    private const int LeastCut = 8;

    private State _state = new(permits, 0, 1, 0, long.MinValue, long.MinValue, 0);

    public RefusalEasing(int permits, State state)
        : this(permits) =>
        _state = state with { Level = Math.Clamp(state.Level, 1, permits), Step = Math.Clamp(state.Step, 1, permits) };

    /// <summary>What a file keeps.</summary>
    public State Current => _state;

    /// <summary>The tokens that may be out, were there no pause.</summary>
    public int Allowed(long now)
    {
        if (_state.ResumesAt == long.MinValue || now >= _state.ResumesAt + _state.Ramp)
            return _state.Level;

        var part = (Int128)_state.Level * Math.Max(0, now - _state.ResumesAt) / _state.Ramp;
        return Math.Max(1, (int)part);
    }

    public void CountGrant() => _state = _state with { Grants = _state.Grants + 1 };

    /// <summary>OKX refused a request, and nobody gets a token before <paramref name="until"/>.</summary>
    public void Refuse(long until, long now, long window)
    {
        if (now < _state.ResumesAt)
        {
            // One more of the same burst, so the first was not chance.
            _state = _state with { Level = _state.Floor, ResumesAt = Math.Max(_state.ResumesAt, until), GrowsAt = Math.Max(_state.GrowsAt, until) };
            return;
        }

        var wasProbe = _state.Good > 0 && _state.Good < _state.Level;
        var hold = wasProbe ? Math.Clamp(_state.HoldInWindows * 2, FirstHoldInWindows, LongestHoldInWindows) : 0;
        var floor = wasProbe ? _state.Good : Math.Max(1, _state.Level / 2);
        _state = new State(
            wasProbe ? _state.Good : Math.Max(floor, _state.Level - Math.Max(1, _state.Level / LeastCut)),
            wasProbe ? _state.Good : 0,
            1,
            wasProbe ? hold : _state.HoldInWindows,
            until,
            until + Math.Max(hold, WindowsPerStep) * window,
            window)
        {
            Floor = floor,
        };
    }

    /// <summary>Allows more where it is time for it and what is allowed now has been used without a refusal.</summary>
    public void Grow(long now)
    {
        if (_state.ResumesAt == long.MinValue || (_state.Level == permits && _state.Good == permits) || now < _state.GrowsAt || _state.Grants < _state.Level)
            return;

        var level = Math.Min(permits, _state.Level + _state.Step);
        _state = _state with
        {
            Level = level,
            Good = _state.Level,
            Step = Math.Min(permits, _state.Step * 2),
            GrowsAt = now + WindowsPerStep * _state.Ramp,
            Grants = 0,
        };
    }

    /// <summary>When the next token comes while they come one by one; <see cref="long.MaxValue"/> where they do not.</summary>
    public long NextStep(long now)
    {
        if (_state.ResumesAt == long.MinValue || now >= _state.ResumesAt + _state.Ramp)
            return long.MaxValue;

        var part = (Int128)_state.Ramp * (Allowed(now) + 1) / _state.Level;
        return Math.Min(_state.ResumesAt + (long)part + 1, _state.ResumesAt + _state.Ramp);
    }

    /// <param name="Level">The tokens that may be out.</param>
    /// <param name="Good">The last number that was used without a refusal; 0 where none is known.</param>
    /// <param name="Step">By how much the next growth adds.</param>
    /// <param name="HoldInWindows">How long the last number that was refused was left alone.</param>
    /// <param name="ResumesAt">When the pause after the last refusal ends.</param>
    /// <param name="GrowsAt">Before this, nothing is added.</param>
    /// <param name="Ramp">The length of a window, over which tokens come back one by one.</param>
    public readonly record struct State(int Level, int Good, int Step, int HoldInWindows, long ResumesAt, long GrowsAt, long Ramp)
    {
        /// <summary>The tokens given since the level last changed.</summary>
        public long Grants { get; init; }

        /// <summary>What further refusals of the same burst do not go below.</summary>
        public int Floor { get; init; }
    }
}
