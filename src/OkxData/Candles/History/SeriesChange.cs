using OkxData.Models;

namespace OkxData.Candles.History;

/// <summary>How a stored series differs from what OKX says of it now.</summary>
/// <param name="Issues">The differences, oldest first; none where there are none.</param>
/// <param name="IsOtherAsset">Whether the name seems to have passed to another asset.</param>
/// <param name="Begins">The opening of the other asset's first candle, where OKX still has those of the first one before it; Unix ms.</param>
internal sealed record SeriesChange(IReadOnlyList<DataIssue> Issues, bool IsOtherAsset, long? Begins)
{
    public static SeriesChange None { get; } = new([], false, null);

    /// <summary>Whether what OKX has from before that is still the first asset's, as it is stored.</summary>
    public bool ContinuesFirst { get; init; }

    public bool IsAny => Issues.Count > 0;
}
