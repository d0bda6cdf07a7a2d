namespace OkxData.RateLimiting;

/// <summary>Who has which token of a bucket and until when, who waits, and how many may be out: the rules, without a clock or a lock.</summary>
/// <remarks>
/// Times are timestamps of one monotonic clock. A token that is out is due when its lease lapses; one that was given back
/// is due a window later. Nobody who waits is passed by: while others do, each has a fair part.
/// </remarks>
internal sealed class TokenLedger
{
    public const int MaxClaims = 64;

    private readonly Token[] _tokens;
    private readonly List<Claim> _claims = [];

    public TokenLedger(int permits)
    {
        _tokens = new Token[permits];
        Easing = new RefusalEasing(permits);
    }

    public TokenLedger(ReadOnlySpan<Token> tokens, ReadOnlySpan<Claim> claims, RefusalEasing easing)
    {
        _tokens = tokens.ToArray();
        _claims.AddRange(claims);
        Easing = easing;
    }

    public int Permits => _tokens.Length;

    public ReadOnlySpan<Token> Tokens => _tokens;

    public IReadOnlyList<Claim> Claims => _claims;

    public RefusalEasing Easing { get; private set; }

    /// <summary>The same in every visit to one file; another one tells that the file was lost and is a new one.</summary>
    public long Lineage { get; init; } = Random.Shared.NextInt64();

    public long PausedUntil { get; private set; } = long.MinValue;

    /// <summary>The tokens that are out or on their way back.</summary>
    public int Out(long now)
    {
        var count = 0;
        foreach (ref readonly var token in _tokens.AsSpan())
            count += token.Due > now ? 1 : 0;
        return count;
    }

    /// <summary>When the last of the tokens came or comes back.</summary>
    public long LastDue
    {
        get
        {
            var last = long.MinValue;
            foreach (ref readonly var token in _tokens.AsSpan())
                last = Math.Max(last, token.Due);
            return last;
        }
    }

    /// <summary>Whether these tokens may be taken now while at most <paramref name="limit"/> are out, these included.</summary>
    /// <remarks>To take none is to ask whether there is one.</remarks>
    public bool CanTake(int count, int limit, long owner, long now) =>
        IsFree(count, limit, now) && IsFair(Math.Max(count, 1), MostOut(limit, now), owner, now);

    /// <summary>The same, if nobody else waited.</summary>
    public bool IsFree(int count, int limit, long now) =>
        now >= PausedUntil && Out(now) + Math.Max(count, 1) <= MostOut(limit, now);

    public void Take(int count, long owner, long lease, long lapse, long now)
    {
        for (var i = 0; i < _tokens.Length && count > 0; i++)
        {
            if (_tokens[i].Due > now)
                continue;

            _tokens[i] = new Token(lapse, lease, owner);
            count--;
            Easing.CountGrant();
        }
    }

    /// <summary>Starts the way back of a lease's tokens. Those of a lease that lapsed may be another's by now, and stay as they are.</summary>
    public void Return(long lease, long due)
    {
        for (var i = 0; i < _tokens.Length; i++)
        {
            if (_tokens[i].Lease == lease)
                _tokens[i] = _tokens[i] with { Due = due, Lease = 0 };
        }
    }

    public void Pause(long until) => PausedUntil = Math.Max(PausedUntil, until);

    /// <summary>Takes in what was known of the same budget before its file was lost. What both know counts once where both say the same of it, and otherwise twice: rather too few than too many.</summary>
    public void Adopt(TokenLedger known, long now)
    {
        foreach (ref readonly var token in known._tokens.AsSpan())
        {
            if (token.Due <= now || Array.IndexOf(_tokens, token) >= 0)
                continue;

            var earliest = 0;
            for (var i = 1; i < _tokens.Length; i++)
            {
                if (_tokens[i].Due < _tokens[earliest].Due)
                    earliest = i;
            }

            if (_tokens[earliest].Due < token.Due)
                _tokens[earliest] = token;
        }

        Pause(known.PausedUntil);
        if (known.Permits == Permits && known.Easing.Current.Level < Easing.Current.Level)
            Easing = new RefusalEasing(Permits, known.Easing.Current);
    }

    /// <summary>Says until when an owner who waits is to be counted in, or that it no longer waits.</summary>
    public void Register(long owner, bool isWaiting, long until, long now)
    {
        _claims.RemoveAll(claim => claim.Until <= now || (claim.Owner == owner && !isWaiting));
        if (!isWaiting)
            return;

        var index = _claims.FindIndex(claim => claim.Owner == owner);
        if (index >= 0)
            _claims[index] = _claims[index] with { Until = until };
        else if (_claims.Count < MaxClaims)
            _claims.Add(new Claim(owner, now, until));
    }

    /// <summary>The earliest instant at which more may be possible than now, as far as is known; what is out now can be back a window later at the earliest.</summary>
    public long NextChange(long now, long window)
    {
        if (now < PausedUntil)
            return PausedUntil;

        var next = Easing.NextStep(now);
        foreach (ref readonly var token in _tokens.AsSpan())
        {
            if (token.Due > now)
                next = Math.Min(next, token.Lease == 0 ? token.Due : Math.Min(token.Due, now + window));
        }

        return next;
    }

    /// <summary>Whether others who wait keep what is theirs: each an equal part, and the rest to whoever has waited longest.</summary>
    private bool IsFair(int needed, int most, long owner, long now)
    {
        var others = 0;
        foreach (var claim in _claims)
            others += IsOther(claim, owner, now) ? 1 : 0;
        if (others == 0)
            return true;

        var part = most / (others + 1);
        var held = HeldBy(owner, now);
        if (held + needed <= part)
            return true;

        var since = SinceOf(owner, now);
        var reserved = 0;
        foreach (var claim in _claims)
        {
            if (!IsOther(claim, owner, now))
                continue;

            var heldByOther = HeldBy(claim.Owner, now);
            reserved += Math.Max(0, part - heldByOther);
            if (heldByOther <= held && claim.Since < since && heldByOther >= part)
                reserved++;
        }

        return most - Out(now) - needed >= reserved;
    }

    private int MostOut(int limit, long now) => Math.Min(Math.Min(limit, Permits), Easing.Allowed(now));

    private static bool IsOther(Claim claim, long owner, long now) => claim.Owner != owner && claim.Until > now;

    private int HeldBy(long owner, long now)
    {
        var count = 0;
        foreach (ref readonly var token in _tokens.AsSpan())
            count += token.Owner == owner && token.Due > now ? 1 : 0;
        return count;
    }

    private long SinceOf(long owner, long now)
    {
        foreach (var claim in _claims)
        {
            if (claim.Owner == owner)
                return claim.Since;
        }

        return now;
    }

    /// <summary>A token: free from <paramref name="Due"/> on.</summary>
    /// <param name="Due">When it comes back: a lapse while it is out, the true instant once it was given back.</param>
    /// <param name="Lease">The lease that has it out; 0 once it was given back.</param>
    /// <param name="Owner">Who took it last.</param>
    public readonly record struct Token(long Due, long Lease, long Owner);

    /// <summary>Somebody who waits: a process.</summary>
    /// <param name="Owner">Who.</param>
    /// <param name="Since">Since when.</param>
    /// <param name="Until">Until when this holds, should nothing be heard of them any more.</param>
    public readonly record struct Claim(long Owner, long Since, long Until);
}
