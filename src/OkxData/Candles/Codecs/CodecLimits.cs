namespace OkxData.Candles.Codecs;

/// <summary>What stored bytes may claim before memory is spent on them.</summary>
internal static class CodecLimits
{
    public const int SchemaVersion = 1;

    public const int MaxBytes = 512 * 1024 * 1024;

    public const int MaxRows = 4_000_000;

    public const int RowsPerGroup = 131_072;

    // The most repetitive group that the encoder can write (equal candles, full) takes more than 4 KB.
    public const int MaxRowsPerByte = 64;

    public static CorruptPayloadException Newer(int version) =>
        new($"The candle file has schema version {version}, this release reads up to {SchemaVersion}; update OkxData or use another cache directory.") { IsNewerSchema = true };
}
