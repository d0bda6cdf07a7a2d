namespace OkxData.RateLimiting;

/// <summary>How this client shares OKX's budgets.</summary>
public sealed class RateLimitingOptions
{
    /// <summary>The part of every budget that this client uses, in (0, 1]; less than 1 leaves room for neighbours behind the same address.</summary>
    /// <value>The default is 1.</value>
    public double Share { get; set; } = 1;

    /// <summary>Whether all processes of this machine keep to OKX's limits together, as OKX counts them together by their common address.</summary>
    /// <value>The default is <see langword="true"/>; <see langword="false"/> makes each process keep to them alone.</value>
    /// <remarks>
    /// They share a small file for each budget in <see cref="Directory"/>. Where that cannot be used, a warning says so once and the process goes on
    /// alone. It needs the system's own monotonic clock: a client with another <see cref="TimeProvider"/> shares with its own process only.
    /// </remarks>
    public bool MachineWide { get; set; } = true;

    /// <summary>The folder of those files, the same for all processes that share; containers have to mount one.</summary>
    /// <value>The default, <see langword="null"/>, is <c>OkxData.RateLimits</c> in the machine's folder for temporary files, or for common application data on Windows.</value>
    public string? Directory { get; set; }
}
