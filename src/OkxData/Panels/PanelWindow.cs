namespace OkxData.Panels;

/// <summary>The part of a panel that was known at an instant.</summary>
/// <typeparam name="TPanel"><see cref="PricePanel"/> or <see cref="ReturnPanel"/>.</typeparam>
public sealed class PanelWindow<TPanel>
{
    internal PanelWindow(TPanel panel, IReadOnlyList<DroppedAsset> dropped) => (Panel, Dropped) = (panel, dropped);

    /// <summary>The rows that were known, of the assets with enough of them.</summary>
    public TPanel Panel { get; }

    /// <summary>The assets that are left out, in the order of their symbols.</summary>
    public IReadOnlyList<DroppedAsset> Dropped { get; }
}
