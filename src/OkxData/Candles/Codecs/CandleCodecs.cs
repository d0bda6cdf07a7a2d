using OkxData.Caching;

namespace OkxData.Candles.Codecs;

/// <summary>The codecs there are, by the format that is asked for and by the ending of a key that is found.</summary>
internal static class CandleCodecs
{
    public static ICandleCodec Parquet { get; } = new ParquetCandleCodec();

    public static ICandleCodec Json { get; } = new JsonCandleCodec();

    public static IReadOnlyList<ICandleCodec> All { get; } = [Parquet, Json];

    public static ICandleCodec For(CandleFormat format) => format switch
    {
        CandleFormat.Parquet => Parquet,
        CandleFormat.Json => Json,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, $"The candle format {format} is unknown; use Parquet or Json."),
    };

    /// <summary>The codec for an extension with its dot, or for a whole key; <see langword="null"/> when none fits.</summary>
    public static ICandleCodec? ForKey(string key) =>
        All.FirstOrDefault(codec => key.EndsWith(codec.Extension, StringComparison.Ordinal));
}
