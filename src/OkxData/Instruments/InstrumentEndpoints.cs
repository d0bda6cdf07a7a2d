using OkxData.Http;
using OkxData.Models;
using OkxData.RateLimiting;

namespace OkxData.Instruments;

/// <summary>GET /api/v5/public/instruments: 20 requests in 2 s per address and instType, no paging.</summary>
/// <remarks>https://www.okx.com/docs-v5/en/#public-data-rest-api-get-instruments</remarks>
internal static class InstrumentEndpoints
{
    public static readonly EndpointDefinition Instruments = new("/api/v5/public/instruments", new RateLimitQuota(20, TimeSpan.FromSeconds(2)));

    /// <exception cref="ArgumentException">The kind cannot be listed.</exception>
    public static OkxRequest<ReplyRows<Instrument>> List(InstrumentType type, string parameterName)
    {
        var word = InstrumentTypes.ToWord(type, parameterName);
        return new OkxRequest<ReplyRows<Instrument>>
        {
            Endpoint = Instruments,
            Query = $"instType={word}",
            Scope = word,
            Subject = $"{word} instruments",
            ReadData = (ref reader) => InstrumentWire.ReadRows(ref reader, type),
        };
    }
}
