namespace OkxData.Testing;

/// <content>Keys, and the exchange's clock where that differs from the client's.</content>
public sealed partial class OkxSimulator
{
    /// <summary>By how much the exchange's clock is ahead of <see cref="Clock"/>, by which clients live: in <c>/api/v5/public/time</c>, in <c>Date</c> headers and in the check of signatures.</summary>
    /// <remarks>Candles, limits and recorded arrivals go by <see cref="Clock"/> whatever it is.</remarks>
    public TimeSpan ClockOffset
    {
        get => _parts.Pipeline.ClockOffset;
        set => _parts.Pipeline.ClockOffset = value;
    }

    /// <summary>Accepts a key from now on, in place of one of the same name.</summary>
    /// <param name="key">The key.</param>
    public void AddKey(SimulatedKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _parts.Pipeline.Account.Add(key);
    }

    /// <summary>Deletes a key; from now on it does not exist (50119).</summary>
    /// <param name="key">The API key.</param>
    /// <returns>Whether there was one.</returns>
    public bool RevokeKey(string key) => _parts.Pipeline.Account.Revoke(key);
}
