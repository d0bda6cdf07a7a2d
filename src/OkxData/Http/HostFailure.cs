namespace OkxData.Http;

/// <summary>Calls that a host did not answer.</summary>
/// <param name="Since">When the first of them ended, UTC.</param>
/// <param name="IsUncovered">Whether for one of them nothing was held that could stand in.</param>
/// <param name="Reason">Why the last one failed.</param>
internal sealed record HostFailure(DateTimeOffset Since, bool IsUncovered, string Reason);
