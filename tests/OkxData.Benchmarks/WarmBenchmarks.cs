using BenchmarkDotNet.Attributes;
using DuckDB.NET.Data;

namespace OkxData.Benchmarks;

/// <summary>50 symbols x 5 years of days from the cache, checksums included, and DuckDB's reader over the same files.</summary>
[MemoryDiagnoser]
public class WarmBenchmarks
{
    private OkxMarketClient _client = null!;
    private DuckDBConnection _duckDb = null!;

    /// <summary>The filled market; set before the run, which happens in this process.</summary>
    internal static SimulatedMarket Market { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        _client = Market.CreateClient();
        _duckDb = new DuckDBConnection("DataSource=:memory:");
        _duckDb.Open();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _client.Dispose();
        _duckDb.Dispose();
    }

    [Benchmark]
    public async Task<int> OkxData()
    {
        var batch = await _client.GetCandlesAsync(Market.Query);
        return Checked(batch.Series.Values.Sum(series => series.Count));
    }

    /// <summary>Every column of every row, each in its own type.</summary>
    [Benchmark(Baseline = true)]
    public int DuckDb()
    {
        using var command = _duckDb.CreateCommand();
        command.CommandText = $"SELECT * FROM read_parquet('{Market.Files}', hive_partitioning = false)";
        using var reader = command.ExecuteReader();
        var readers = Enumerable.Range(0, reader.FieldCount).Select(i => ReaderOf(reader.GetFieldType(i))).ToArray();
        var rows = 0;
        for (; reader.Read(); rows++)
        {
            for (var i = 0; i < readers.Length; i++)
            {
                if (!reader.IsDBNull(i))
                    readers[i](reader, i);
            }
        }

        return Checked(rows);
    }

    private static Action<DuckDBDataReader, int> ReaderOf(Type type) =>
        type == typeof(double) ? static (reader, i) => reader.GetDouble(i)
        : type == typeof(DateTime) ? static (reader, i) => reader.GetDateTime(i)
        : type == typeof(string) ? static (reader, i) => reader.GetString(i)
        : static (reader, i) => reader.GetValue(i);

    private static int Checked(int rows) =>
        rows == Market.Bars ? rows : throw new InvalidOperationException($"{rows} rows were read, {Market.Bars} are stored.");
}
