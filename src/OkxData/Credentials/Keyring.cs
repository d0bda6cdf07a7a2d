using Microsoft.Extensions.Logging;
using OkxData.Errors;

namespace OkxData.Credentials;

/// <summary>Chooses the key of a request among those that are set: one at a time, the next when its turn has come or OKX has rejected it.</summary>
/// <remarks>Thread-safe. Keys that vanish from their source are forgotten, with what OKX said of them.</remarks>
internal sealed class Keyring(CredentialSources sources, Func<CredentialsOptions> options, TimeProvider timeProvider, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<OkxCredentials, KeyState> _states = [];
    private OkxCredentials? _current;
    private long _since;

    /// <summary>Takes the key of an attempt that is about to be sent.</summary>
    /// <param name="endpoint">What is called, for messages.</param>
    /// <param name="cause">The rejection after which another is asked for.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OkxCredentialException">There is none, or all rest.</exception>
    public async ValueTask<SignedKey> TakeAsync(string endpoint, OkxApiException? cause, CancellationToken cancellationToken)
    {
        // One that is set twice would have its turn after itself, and then again, for ever.
        var keys = (await sources.ReadAsync(endpoint, cancellationToken).ConfigureAwait(false)).Distinct().ToArray();
        if (keys.Length == 0)
            throw CredentialErrors.None(endpoint);

        var turn = options().RotateEvery;
        string? reason;
        SignedKey? taken;
        lock (_gate)
        {
            var now = timeProvider.GetTimestamp();
            Forget(keys);
            taken = Choose(keys, turn, now, out reason);
            if (taken is null)
                throw CredentialErrors.AllRest(endpoint, [.. keys.Select(key => StateOf(key).Describe(key.KeyHint, now, timeProvider))], cause);
        }

        if (reason is not null)
            CredentialsLog.KeyChanged(logger, taken.Credentials.KeyHint, reason);
        return taken;
    }

    /// <summary>Lets a key that OKX has rejected rest.</summary>
    public void Reject(SignedKey rejected, string code, string advice)
    {
        var set = options();
        TimeSpan rest;
        int others;
        lock (_gate)
        {
            // Of many calls that were under way with it, the first says it all; and a key that is no longer set needs no rest.
            if (!_states.TryGetValue(rejected.Credentials, out var state) || state.RestedAfter(rejected.TakenAt))
                return;

            rest = state.BeginRest(timeProvider, set.RestAfterRejection, set.LongestRest, code, advice);
            others = _states.Count - 1;
        }

        CredentialsLog.KeyRejected(logger, rejected.Credentials.KeyHint, code, advice, rest, others);
    }

    /// <summary>Notes that OKX took a key.</summary>
    public void Accept(SignedKey accepted)
    {
        lock (_gate)
        {
            if (!_states.TryGetValue(accepted.Credentials, out var state) || !state.WasRejected || state.RestedAfter(accepted.TakenAt))
                return;
            state.Clear();
        }

        CredentialsLog.KeyAccepted(logger, accepted.Credentials.KeyHint);
    }

    private SignedKey? Choose(OkxCredentials[] keys, TimeSpan? turn, long now, out string? reason)
    {
        var before = _current;
        var index = Turn(keys, turn, now);
        for (var step = 0; step < keys.Length; step++)
        {
            var key = keys[(index + step) % keys.Length];
            if (StateOf(key).IsResting(now))
                continue;

            if (!key.Equals(_current))
                (_current, _since) = (key, now);
            reason = key.Equals(before) ? null : ReasonFor(before, keys, now);
            return new SignedKey(key, now);
        }

        reason = null;
        return null;
    }

    /// <summary>The place of the key whose turn it is.</summary>
    private int Turn(OkxCredentials[] keys, TimeSpan? turn, long now)
    {
        var index = _current is null ? -1 : Array.IndexOf(keys, _current);
        if (index < 0 || turn is not { } length || keys.Length < 2)
            return Math.Max(index, 0);

        var turns = (long)(timeProvider.GetElapsedTime(_since, now) / length);
        if (turns == 0)
            return index;

        index = (int)((index + turns) % keys.Length);
        _current = keys[index];
        _since += (long)(turns * length.TotalSeconds * timeProvider.TimestampFrequency);
        return index;
    }

    private string ReasonFor(OkxCredentials? before, OkxCredentials[] keys, long now)
    {
        if (before is null)
            return "the first one";
        if (!keys.Contains(before))
            return "the one before is no longer set";
        return StateOf(before).IsResting(now) ? "the one before rests" : "its turn has come";
    }

    private void Forget(OkxCredentials[] keys)
    {
        foreach (var key in keys)
            StateOf(key);
        foreach (var gone in _states.Keys.Where(key => !keys.Contains(key)).ToList())
            _states.Remove(gone);
    }

    private KeyState StateOf(OkxCredentials key)
    {
        if (!_states.TryGetValue(key, out var state))
            _states[key] = state = new KeyState();
        return state;
    }
}
