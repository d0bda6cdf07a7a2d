using DuckDB.NET.Data;
using NUnit.Framework;
using OkxData.Candles;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.IntegrationTests.Candles;

/// <summary>Our Parquet files as another engine sees them.</summary>
[TestFixture]
internal sealed class ParquetFilesInDuckDbTests
{
    private const long Start = 1_577_836_800_000; // 2020-01-01T00:00:00Z

    private string _root = "";

    [SetUp]
    public void CreateRoot() => _root = Directory.CreateTempSubdirectory("okxdata-duckdb-").FullName;

    [TearDown]
    public void DeleteRoot() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task ReadParquet_TreeOfSpotAndSwap_GivesTheSameRows()
    {
        var segments = new[]
        {
            await StoreAsync("BTC-USDT", 400, contracts: false),
            await StoreAsync("ETH-USDT-SWAP", 131_073, contracts: true),
            await StoreAsync("NEW-USDT", 0, contracts: false),
        };

        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"set timezone = 'UTC'; select symbol, bar, open_time, open, high, low, close, volume, quote_volume, contracts, exact from read_parquet('{_root}/**/*.parquet', hive_partitioning = true) order by symbol, open_time";
        using var reader = command.ExecuteReader();
        foreach (var segment in segments)
        {
            for (var row = 0; row < segment.Candles.Length; row++)
            {
                Assert.That(reader.Read());
                AssertRow(reader, segment, segment.Candles.Span[row]);
            }
        }

        Assert.That(reader.Read(), Is.False);
    }

    [Test]
    public async Task ParquetSchema_OfAFile_IsTheDocumentedOne()
    {
        await StoreAsync("BTC-USDT", 400, contracts: false);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();

        var types = Query(connection, $"select column_name || ' ' || column_type from (describe select * from read_parquet('{_root}/**/*.parquet', hive_partitioning = false))");
        var pages = Query(connection, $"select path_in_schema || ' ' || encodings || ' ' || compression from parquet_metadata('{_root}/**/*.parquet')");
        var pairs = Query(connection, $"select decode(key) || ' ' || decode(value) from parquet_kv_metadata('{_root}/**/*.parquet')");

        Assert.That(types, Is.EqualTo(new[]
        {
            "open_time TIMESTAMP WITH TIME ZONE", "open DOUBLE", "high DOUBLE", "low DOUBLE", "close DOUBLE", "volume DOUBLE", "quote_volume DOUBLE", "contracts DOUBLE", "exact VARCHAR",
        }));
        Assert.That(pages[0], Does.StartWith("open_time DELTA_BINARY_PACKED").And.EndsWith("ZSTD"));
        Assert.That(pages.Skip(1).Take(7), Has.All.Contains("BYTE_STREAM_SPLIT").And.All.EndsWith("ZSTD"));
        Assert.That(pairs, Does.Contain("okxdata.schema 1").And.Contain("okxdata.symbol BTC-USDT").And.Contain("okxdata.bar 1Dutc"));
    }

    private static void AssertRow(DuckDBDataReader reader, CandleSegment segment, Candle candle)
    {
        Assert.That(reader.GetString(0), Is.EqualTo(segment.Symbol));
        Assert.That(reader.GetString(1), Is.EqualTo(segment.Bar.ToCode()));
        Assert.That(DateTime.SpecifyKind(reader.GetDateTime(2), DateTimeKind.Utc), Is.EqualTo(candle.OpenTime.UtcDateTime));
        Assert.That(reader.GetDouble(3), Is.EqualTo(Figures.ToDouble(candle.Open)));
        Assert.That(reader.GetDouble(4), Is.EqualTo(Figures.ToDouble(candle.High)));
        Assert.That(reader.GetDouble(5), Is.EqualTo(Figures.ToDouble(candle.Low)));
        Assert.That(reader.GetDouble(6), Is.EqualTo(Figures.ToDouble(candle.Close)));
        Assert.That(reader.GetDouble(7), Is.EqualTo(Figures.ToDouble(candle.Volume)));
        Assert.That(reader.GetDouble(8), Is.EqualTo(Figures.ToDouble(candle.QuoteVolume)));
        Assert.That(reader.IsDBNull(9) ? (double?)null : reader.GetDouble(9), Is.EqualTo((double?)candle.Contracts));
        Assert.That(reader.IsDBNull(10) ? "" : reader.GetString(10), Is.EqualTo(FormattableString.Invariant($"q={candle.QuoteVolume}")));
    }

    private static List<string> Query(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }

    private async Task<CandleSegment> StoreAsync(string symbol, int rows, bool contracts)
    {
        var bar = rows > 10_000 ? BarSize.OneMinute : BarSize.OneDay;
        var grid = bar.ToGrid();
        var segment = new CandleSegment
        {
            Symbol = symbol,
            Bar = bar,
            Candles = Enumerable.Range(0, rows).Select(row => new Candle
            {
                OpenTime = UnixTime.FromMilliseconds(grid.Add(Start, row)),
                Open = 42_000.1m + row % 1_000,
                High = 43_000.7m + row % 1_000,
                Low = 41_000.3m + row % 1_000,
                Close = 42_500.9m + row % 1_000,
                Volume = 1_234.56789012m + row,
                QuoteVolume = 287_506_892.157491951m + row * 10,
                Contracts = contracts ? 0.01m * row : null,
                IsFinished = true,
            }).ToArray(),
            Covered = IntervalSet.Of(new Interval(Start, grid.Add(Start, rows + 1))),
            Gaps = [],
            FetchedAt = Start,
        };

        var folder = Directory.CreateDirectory(Path.Combine(_root, "candles", $"bar={bar.ToCode()}", $"symbol={symbol}"));
        var content = await new ParquetCandleCodec().EncodeAsync(segment, default);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "all.parquet"), content.ToArray());
        return segment;
    }
}
