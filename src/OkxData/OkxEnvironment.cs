namespace OkxData;

/// <summary>Which of OKX's regions is called. Accounts and keys belong to one of them.</summary>
public sealed record OkxEnvironment
{
    private static readonly string[] BuiltIn = ["global", "europe", "us", "demo"];

    private OkxEnvironment(string name, Uri rest, Uri webSocket, bool isDemo = false) =>
        (Name, Rest, WebSocket, IsDemo) = (name, rest, webSocket, isDemo);

    /// <summary>The international exchange (<c>www.okx.com</c>).</summary>
    public static OkxEnvironment Global { get; } = new("global", new("https://www.okx.com"), new("wss://ws.okx.com"));

    /// <summary>The European exchange (<c>eea.okx.com</c>).</summary>
    public static OkxEnvironment Europe { get; } = new("europe", new("https://eea.okx.com"), new("wss://wseea.okx.com"));

    /// <summary>The exchange for the United States and Australia (<c>us.okx.com</c>).</summary>
    public static OkxEnvironment UnitedStates { get; } = new("us", new("https://us.okx.com"), new("wss://wsus.okx.com"));

    /// <summary>Demo trading: the international host with demo instruments, prices and volumes.</summary>
    public static OkxEnvironment Demo { get; } = new("demo", new("https://www.okx.com"), new("wss://wspap.okx.com"), isDemo: true);

    /// <summary>The name; it is also the folder under which the cache keeps this environment's data.</summary>
    public string Name { get; }

    /// <summary>The address of the REST host.</summary>
    public Uri Rest { get; }

    /// <summary>The address of the WebSocket host, without a path.</summary>
    public Uri WebSocket { get; }

    /// <summary>Whether calls ask for OKX's demo environment.</summary>
    public bool IsDemo { get; }

    /// <summary>Another host, such as a simulator, a proxy or a mirror.</summary>
    /// <param name="name">The name: lower-case letters, digits and hyphens, and none of <c>global</c>, <c>europe</c>, <c>us</c>, <c>demo</c>; also a folder of the cache, so give every source of data its own.</param>
    /// <param name="rest">The absolute address of the REST host, http or https.</param>
    /// <param name="webSocket">The absolute address of the WebSocket host, ws or wss, without a path.</param>
    /// <returns>The environment.</returns>
    /// <exception cref="ArgumentException">The name or an address is not of that form.</exception>
    public static OkxEnvironment Custom(string name, Uri rest, Uri webSocket)
    {
        ArgumentNullException.ThrowIfNull(rest);
        ArgumentNullException.ThrowIfNull(webSocket);
        if (string.IsNullOrEmpty(name) || name.Length > 64 || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            throw new ArgumentException($"The environment's name '{name}' must be 1 to 64 lower-case letters, digits and hyphens, such as 'my-proxy'.", nameof(name));
        if (BuiltIn.Contains(name))
            throw new ArgumentException($"The name '{name}' is one of OKX's own environments, whose cached data would be mixed with this one's; choose another, such as '{name}-proxy'.", nameof(name));
        if (!rest.IsAbsoluteUri || rest.Scheme is not ("http" or "https"))
            throw new ArgumentException($"The REST address '{rest}' must be absolute and begin with http:// or https://.", nameof(rest));
        if (!webSocket.IsAbsoluteUri || webSocket.Scheme is not ("ws" or "wss"))
            throw new ArgumentException($"The WebSocket address '{webSocket}' must be absolute and begin with ws:// or wss://.", nameof(webSocket));

        return new OkxEnvironment(name, rest, webSocket);
    }

    /// <summary>The environment of a name: <c>Global</c>, <c>Europe</c>, <c>UnitedStates</c> (or <c>US</c>) or <c>Demo</c>, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The environment, or <see langword="null"/> when no environment has that name.</returns>
    public static OkxEnvironment? FromName(string name) => name?.ToUpperInvariant() switch
    {
        "GLOBAL" => Global,
        "EUROPE" => Europe,
        "UNITEDSTATES" or "US" => UnitedStates,
        "DEMO" => Demo,
        _ => null,
    };
}
