namespace OkxData.Models;

/// <summary>What OKX says of an API key.</summary>
/// <remarks>GET /api/v5/account/config. OKX does not say when a key expires; <see cref="ExpiresWhenUnusedFor"/> is its documented rule.</remarks>
public sealed record KeyReport
{
    /// <summary>The end of the key, such as <c>…1a2b</c>; never more of it.</summary>
    public required string KeyHint { get; init; }

    /// <summary>The note that was given to the key when it was made (OKX <c>label</c>); <see langword="null"/> where there is none.</summary>
    public string? Label { get; init; }

    /// <summary>What the key may do (OKX <c>perm</c>).</summary>
    public required KeyPermissions Permissions { get; init; }

    /// <summary>Whether the key may read and nothing else.</summary>
    public bool IsReadOnly => Permissions == KeyPermissions.Read;

    /// <summary>The IP addresses and ranges from which alone the key is accepted (OKX <c>ip</c>); empty where it is bound to none.</summary>
    public IReadOnlyList<string> BoundAddresses { get; init; } = [];

    /// <summary>Whether the key is one of demo trading.</summary>
    public bool IsDemo { get; init; }

    /// <summary>
    /// After how long without a signed call OKX lets the key expire: 14 days for one that may trade or withdraw and is not bound to
    /// an address; <see langword="null"/> for all others, of which OKX documents no expiry, demo keys among them.
    /// </summary>
    /// <remarks>Public calls do not count as use; the call that made this report does.</remarks>
    public TimeSpan? ExpiresWhenUnusedFor { get; init; }

    /// <summary>The verification level of the main account, 0 to 3 (OKX <c>kycLv</c>); <see langword="null"/> where OKX names none.</summary>
    public int? VerificationLevel { get; init; }

    /// <summary>Whether the key is one of a sub-account (OKX <c>uid</c> and <c>mainUid</c> differ).</summary>
    public bool IsSubAccount { get; init; }
}
