using OkxData.Errors;

namespace OkxData.Candles.Live;

/// <summary>Tells which failures of requests end a stream.</summary>
internal static class StreamFailure
{
    /// <summary>The exception to end with; <see langword="null"/> where trying again may help.</summary>
    public static OkxException? Of(SeriesKey key, OkxException failure) => failure switch
    {
        OkxApiException { Code: OkxErrorCodes.UnknownInstrument } refusal => new OkxStreamException(
            $"OKX does not know {key.Symbol} ({refusal.Code}: {refusal.OkxMessage}), so its candles cannot be streamed. Check the spelling and the region; where it was delisted, stream without it.", refusal)
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
