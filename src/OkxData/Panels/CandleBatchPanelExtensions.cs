using OkxData.Errors;
using OkxData.Models;

namespace OkxData.Panels;

/// <summary>Lays the candles of many symbols side by side.</summary>
public static class CandleBatchPanelExtensions
{
    /// <summary>Makes a panel of one price of every finished candle: a row a bar, a column a symbol.</summary>
    /// <param name="batch">The series; all of one bar and one quote currency. Symbols that failed are not in the panel: see <see cref="CandleBatch.ThrowIfAnyFailed"/>.</param>
    /// <param name="field">Which price.</param>
    /// <param name="alignment">Which bars become rows.</param>
    /// <param name="missing">What stands where an asset has no price; <see cref="MissingPrice.Nan"/> where it is not said.</param>
    /// <returns>The panel. A candle that still forms is not in it, nor is a price of zero or less, which is no price.</returns>
    /// <exception cref="ArgumentException">The batch is empty or mixes bars or quote currencies; the message names the symbols.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="field"/> or <paramref name="alignment"/> is not defined.</exception>
    /// <exception cref="OkxValidationException">A price is missing and <paramref name="missing"/> is <see cref="MissingPrice.Throw"/>.</exception>
    public static PricePanel ToPanel(this CandleBatch batch, PriceField field = PriceField.Close, Alignment alignment = Alignment.Union, MissingPrice missing = default)
    {
        if (!Enum.IsDefined(field))
            throw new ArgumentOutOfRangeException(nameof(field), field, "Not a price of a candle; use Open, High, Low or Close.");
        if (!Enum.IsDefined(alignment))
            throw new ArgumentOutOfRangeException(nameof(alignment), alignment, "Not an alignment; use Union or Intersection.");

        var panel = PanelBuilder.Observe(BatchShape.Of(batch), field);
        if (alignment == Alignment.Intersection)
            panel = PanelBuilder.WholeRows(panel);
        if (missing.Throws)
            PanelBuilder.ThrowIfAnyMissing(panel);
        return PanelBuilder.Fill(panel, missing.MaxBars);
    }
}
