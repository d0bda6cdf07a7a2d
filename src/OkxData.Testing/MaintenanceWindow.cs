namespace OkxData.Testing;

/// <summary>Maintenance that the exchange has announced. While it lasts, everything but <c>/api/v5/system/status</c> answers HTTP 503 with code 50001.</summary>
public sealed record MaintenanceWindow
{
    /// <summary>When it begins, inclusive, UTC.</summary>
    public required DateTimeOffset Begin { get; init; }

    /// <summary>When it ends, exclusive, UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>What it is called.</summary>
    public string Title { get; init; } = "Scheduled maintenance";

    /// <summary>The environment it concerns: <c>1</c> production, <c>2</c> demo, which leaves this one running.</summary>
    public string Environment { get; init; } = "1";
}
