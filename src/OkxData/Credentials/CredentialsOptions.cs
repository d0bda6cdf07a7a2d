namespace OkxData.Credentials;

/// <summary>The API keys of signed calls. Market data needs none.</summary>
/// <remarks>
/// From configuration, one key is <c>Credentials:Key</c>, <c>Credentials:Secret</c> and <c>Credentials:Passphrase</c>; several are
/// <c>Credentials:Keys:0:Key</c> and so on. Keep them in user secrets or a vault, not in a file of the project. All of it is read
/// anew for every signed call, so a reload of the configuration needs no restart; requests under way keep the key they were signed with.
/// </remarks>
public sealed class CredentialsOptions
{
    /// <summary>The keys, the preferred one first. One is used at a time; see <see cref="RotateEvery"/>.</summary>
    /// <value>The default is none.</value>
    public IList<OkxCredentials> Keys { get; } = [];

    /// <summary>Whether <c>OKX_API_KEY</c>, <c>OKX_API_SECRET</c> and <c>OKX_PASSPHRASE</c> are read where no provider and no option has a key.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ReadEnvironment { get; set; } = true;

    /// <summary>How long a key is used before the next of several takes its turn.</summary>
    /// <value>The default, <see langword="null"/>, keeps one until OKX rejects it; 1 s to 365 days are allowed.</value>
    public TimeSpan? RotateEvery { get; set; }

    /// <summary>How long a key that OKX rejected is not used; each further rejection doubles it, and an accepted call begins anew.</summary>
    /// <value>The default is 1 min; 1 s to 1 day are allowed, and no more than <see cref="LongestRest"/>.</value>
    public TimeSpan RestAfterRejection { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest rest.</summary>
    /// <value>The default is 1 h; 1 s to 1 day are allowed.</value>
    public TimeSpan LongestRest { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whether a key that may trade or withdraw is refused: reading needs neither, and a key that leaks can do no more than it may.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool RequireReadOnlyKeys { get; set; } = true;
}
