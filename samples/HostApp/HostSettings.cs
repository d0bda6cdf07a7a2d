namespace HostApp;

/// <summary>The section <c>HostApp</c>: what the host keeps current and how often it reports.</summary>
internal sealed class HostSettings
{
    /// <summary>Whether OKX itself is asked; otherwise a simulator in this process, with invented prices.</summary>
    public bool Live { get; set; }

    /// <summary>The instruments whose days are kept current and whose closed minutes are logged.</summary>
    public IList<string> Symbols { get; } = [];

    /// <summary>So many of the largest assets by market cap whose days are kept current as well.</summary>
    public int Top { get; set; }

    /// <summary>How often the health of the data is reported.</summary>
    public TimeSpan HealthEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After how long the host stops by itself; the default is Ctrl-C.</summary>
    public TimeSpan? For { get; set; }
}
