namespace OkxData.Models;

/// <summary>What an API key may do (OKX <c>perm</c>).</summary>
[Flags]
public enum KeyPermissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read the account's data (OKX <c>read_only</c>).</summary>
    Read = 1,

    /// <summary>Place orders (OKX <c>trade</c>).</summary>
    Trade = 2,

    /// <summary>Withdraw funds (OKX <c>withdraw</c>).</summary>
    Withdraw = 4,

    /// <summary>Something that this version does not know; OKX may add permissions.</summary>
    Unknown = 8,
}
