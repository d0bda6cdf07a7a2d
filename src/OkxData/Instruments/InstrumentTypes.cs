using OkxData.Models;

namespace OkxData.Instruments;

/// <summary>OKX's words for the kinds of instruments.</summary>
internal static class InstrumentTypes
{
    /// <summary>OKX's word for a kind that can be listed.</summary>
    /// <exception cref="ArgumentException">The kind cannot be listed.</exception>
    public static string ToWord(InstrumentType type, string parameterName) => type switch
    {
        InstrumentType.Spot => "SPOT",
        InstrumentType.Swap => "SWAP",
        InstrumentType.Futures => "FUTURES",
        InstrumentType.Margin => "MARGIN",
        InstrumentType.Option => throw new ArgumentException($"{nameof(InstrumentType)}.{type} cannot be listed, since OKX gives options only by family; ask for {Listed}.", parameterName),
        _ => throw new ArgumentException($"{nameof(InstrumentType)} '{type}' cannot be listed; ask for {Listed}.", parameterName),
    };

    /// <summary>The kind that a row names.</summary>
    public static InstrumentType Parse(string? word) => word switch
    {
        "SPOT" => InstrumentType.Spot,
        "SWAP" => InstrumentType.Swap,
        "FUTURES" => InstrumentType.Futures,
        "MARGIN" => InstrumentType.Margin,
        "OPTION" => InstrumentType.Option,
        _ => InstrumentType.Unknown,
    };

    private const string Listed = $"{nameof(InstrumentType.Spot)}, {nameof(InstrumentType.Swap)}, {nameof(InstrumentType.Futures)} or {nameof(InstrumentType.Margin)}";
}
