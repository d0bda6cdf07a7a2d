using OkxData.Caching;

namespace OkxData.Candles.Codecs;

/// <summary>What stored bytes may claim before memory is spent on them.</summary>
internal static class CodecLimits
{
    public const int SchemaVersion = 1;

    public const int MaxBytes = 512 * 1024 * 1024;

    public const int MaxRows = 4_000_000;

    public const int RowsPerGroup = 131_072;

    // A full group of equal candles, the most that fits into a byte, still takes 1 KB.
    public const int MaxRowsPerByte = 256;

    public static CorruptPayloadException Newer(int version) =>
        new($"The candle file has schema version {version}, this release reads up to {SchemaVersion}; update OkxData or use another cache directory.") { IsNewerSchema = true };
}
