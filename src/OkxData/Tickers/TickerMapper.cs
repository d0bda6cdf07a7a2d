using OkxData.Http;
using OkxData.Instruments;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Tickers;

/// <summary>OKX's row to our ticker. The volumes change their units between spot and derivatives.</summary>
internal static class TickerMapper
{
    /// <summary>What makes a row useless, or <see langword="null"/>.</summary>
    public static RowRefusal? RefusalOf(TickerWire wire)
    {
        if (wire.InstId is null)
            return Broken(wire, "instId is missing");
        if (wire.InstId.Length > Symbols.MaxLength || wire.InstId.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            return Broken(wire, $"instId is not a name of up to {Symbols.MaxLength} characters");
        if (wire.Last is null)
            return new RowRefusal(ValidationRules.TickerNoPrice, wire.InstId, "last is empty: nothing was traded yet", IsBroken: false);

        return wire.Ts is null ? Broken(wire, "ts is missing") : null;
    }

    /// <param name="wire">A row without a refusal.</param>
    /// <param name="asked">The kind that was asked for; it stands where the row names none.</param>
    /// <param name="refusal">The first error that the rules find, or <see langword="null"/>.</param>
    public static Ticker? Map(TickerWire wire, InstrumentType asked, out RowRefusal? refusal)
    {
        var type = InstrumentTypes.Parse(wire.InstType);
        var isSpot = (type == InstrumentType.Unknown ? asked : type) is InstrumentType.Spot or InstrumentType.Margin;
        var ticker = new Ticker
        {
            Symbol = wire.InstId!,
            Price = wire.Last!.Value,
            Volume24h = isSpot ? wire.VolCcy24h : null,
            BaseVolume24h = isSpot ? wire.Vol24h : wire.VolCcy24h,
            Contracts24h = isSpot ? null : wire.Vol24h,
            Bid = wire.BidPx,
            Ask = wire.AskPx,
            Open24h = wire.Open24h,
            High24h = wire.High24h,
            Low24h = wire.Low24h,
            OpenUtcDay = wire.SodUtc0,
            Timestamp = UnixTime.FromMilliseconds(wire.Ts!.Value),
        };

        var error = TickerRules.Inspect(ticker).FirstOrDefault(issue => issue.Severity == IssueSeverity.Error);
        refusal = error is null ? null : new RowRefusal(error.Rule, null, error.Message, IsBroken: false);
        return error is null ? ticker : null;
    }

    private static RowRefusal Broken(TickerWire wire, string reason) => new(ValidationRules.TickerBrokenRow, wire.InstId, reason, IsBroken: true);
}
