namespace OkxData.Http;

/// <summary>Knows what OKX has announced. Asked when calls fail as they do during maintenance.</summary>
internal interface IMaintenanceSource
{
    /// <summary>The maintenance under way; <see langword="null"/> where none is announced, or OKX cannot say. Never throws for OKX's reasons, and asks OKX at most once in some seconds.</summary>
    Task<Maintenance?> FindAsync(CancellationToken cancellationToken);
}

/// <summary>Maintenance that is under way.</summary>
/// <param name="Title">What OKX calls it.</param>
/// <param name="Until">When it is expected to end, where OKX says so.</param>
/// <param name="IsOverdue">Whether that is past.</param>
internal sealed record Maintenance(string Title, DateTimeOffset? Until, bool IsOverdue);
