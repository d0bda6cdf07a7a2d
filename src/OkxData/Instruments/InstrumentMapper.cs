using OkxData.Models;
using OkxData.Time;

namespace OkxData.Instruments;

/// <summary>OKX's row to our instrument.</summary>
internal static class InstrumentMapper
{
    /// <summary>What makes a row useless, or <see langword="null"/>.</summary>
    public static string? FaultOf(InstrumentWire wire) =>
        wire.InstId is null ? "instId is missing"
        : wire.InstId.Length > Symbols.MaxLength || wire.InstId.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) ? $"instId is not a name of up to {Symbols.MaxLength} characters"
        : null;

    /// <param name="wire">A row without a fault.</param>
    /// <param name="asked">The kind that was asked for; it stands where the row names none.</param>
    public static Instrument Map(InstrumentWire wire, InstrumentType asked)
    {
        // OKX names the currencies of spot pairs only, and not before their opening.
        var (baseCurrency, quoteCurrency) = Symbols.Currencies(wire.InstFamily ?? wire.Uly ?? wire.InstId!);
        return new Instrument
        {
            Symbol = wire.InstId!,
            Type = wire.InstType is null ? asked : InstrumentTypes.Parse(wire.InstType),
            BaseCurrency = wire.BaseCcy ?? baseCurrency,
            QuoteCurrency = wire.QuoteCcy ?? quoteCurrency,
            SettleCurrency = wire.SettleCcy,
            State = StateOf(wire.State),
            StateText = wire.State ?? "",
            TickSize = wire.TickSz,
            LotSize = wire.LotSz,
            MinSize = wire.MinSz,
            ContractValue = wire.CtVal,
            ContractValueCurrency = wire.CtValCcy,
            ListTime = TimeOf(wire.ListTime),
            ExpiryTime = TimeOf(wire.ExpTime),
            Category = CategoryOf(wire.InstCategory),
        };
    }

    private static InstrumentState StateOf(string? word) => word switch
    {
        "live" => InstrumentState.Live,
        "suspend" => InstrumentState.Suspended,
        "preopen" => InstrumentState.PreOpen,
        "rebase" => InstrumentState.Rebasing,
        "post_only" => InstrumentState.PostOnly,
        "test" => InstrumentState.Test,
        "settling" => InstrumentState.Settling,
        "expired" => InstrumentState.Expired,
        _ => InstrumentState.Unknown,
    };

    private static InstrumentCategory CategoryOf(string? word) => word switch
    {
        "1" => InstrumentCategory.Crypto,
        "3" => InstrumentCategory.Stock,
        "4" => InstrumentCategory.Commodity,
        "5" => InstrumentCategory.Forex,
        "6" => InstrumentCategory.Bond,
        _ => InstrumentCategory.Unknown,
    };

    private static DateTimeOffset? TimeOf(long? milliseconds) => milliseconds is { } value ? UnixTime.FromMilliseconds(value) : null;
}
