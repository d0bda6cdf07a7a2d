using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace OkxData.Candles.Codecs;

/// <summary>The one schema of every candle file; files of different instruments can be read together.</summary>
internal sealed class ParquetLayout
{
    public const int FigureCount = 7;
    public const int Contracts = 6;
    public const int ColumnCount = 1 + FigureCount + 1;

    private static readonly string[] FigureNames = ["open", "high", "low", "close", "volume", "quote_volume", "contracts"];

    // Parquet.Net keeps state in schema objects, so each file gets its own.
    public ParquetLayout()
    {
        var openTime = new DateTimeDataField("open_time", DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Millis, isNullable: false);
        Figures = [.. FigureNames.Select((name, at) => new DataField(name, typeof(double), isNullable: at == Contracts))];
        Exact = new DataField("exact", typeof(string), isNullable: true);
        Schema = new ParquetSchema([openTime, .. Figures, Exact]);

        // Parquet.Net has no delta encoding for DateTime, so the same column is written and read as the integers beneath.
        OpenTime = new ParquetSchema(new DataField("open_time", typeof(long), isNullable: false)).DataFields[0];
    }

    public ParquetSchema Schema { get; }

    public DataField OpenTime { get; }

    public DataField[] Figures { get; }

    public DataField Exact { get; }

    public static ParquetOptions Options()
    {
        // Fastest is zstd level 1; the default is level 19, ninety times slower.
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest, DictionaryEncodingThreshold = 0 };
        options.ColumnEncodingHints["open_time"] = EncodingHint.DeltaBinaryPacked;
        foreach (var name in FigureNames)
            options.ColumnEncodingHints[name] = EncodingHint.ByteSplitStream;
        return options;
    }
}
