using System.Collections.Frozen;
using OkxData.Errors;

namespace OkxData.Candles.Live;

/// <summary>Tells which failures of requests end a stream.</summary>
internal static class StreamFailure
{
    // A parameter is wrong, unknown, not offered here, settled: what OKX says of an instrument and will say again.
    private static readonly FrozenSet<string> Lasting = FrozenSet.Create("51000", OkxErrorCodes.UnknownInstrument, "51155", "50047");

    /// <summary>The exception to end with; <see langword="null"/> where trying again may help.</summary>
    public static OkxException? Of(SeriesKey key, OkxException failure) => failure switch
    {
        OkxApiException refusal when Lasting.Contains(refusal.Code) => new OkxStreamException(
            $"OKX will not give candles of {key.Symbol}, which a stream has to have ({refusal.Code}: {refusal.OkxMessage.TrimEnd('.')}). What to do: {OkxErrorCodes.AdviceFor(refusal.Code)}; or stream without it.", refusal)
        {
            Endpoint = refusal.Endpoint,
            Code = refusal.Code,
            OkxMessage = refusal.OkxMessage,
            Attempts = 1,
        },
        OkxValidationException or OkxCacheException => failure,
        _ => null,
    };
}
