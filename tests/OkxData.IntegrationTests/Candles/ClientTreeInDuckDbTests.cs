using System.Globalization;
using DuckDB.NET.Data;
using NUnit.Framework;
using OkxData.Models;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <summary>The folder that the client keeps, as DuckDB reads it with nothing but a glob: the same rows, to the digit.</summary>
public sealed class ClientTreeInDuckDbTests
{
    private static readonly string[] Symbols = ["BTC-USDT", "ETH-USDT", "BTC-USDT-SWAP"];

    private static readonly (BarSize Bar, string Code, TimeSpan Length, int Files)[] Bars =
    [
        (BarSize.OneDay, "1Dutc", TimeSpan.FromDays(700), 1),
        (BarSize.OneWeek, "1Wutc", TimeSpan.FromDays(700), 1),
        (BarSize.FourHours, "4H", TimeSpan.FromDays(300), 2),
        (BarSize.FifteenMinutes, "15m", TimeSpan.FromDays(10), 1),
        (BarSize.OneMinute, "1m", TimeSpan.FromDays(1), 1),
    ];

    [Test]
    public async Task ReadParquet_TheTreeThatTheClientWrote_GivesTheRowsOfTheClient()
    {
        await using var host = await StartAsync();
        var written = new Dictionary<(string Symbol, string Code), CandleSeries>();
        foreach (var (bar, code, length, _) in Bars)
        {
            var batch = await host.Client.GetCandlesAsync(new CandleBatchQuery { Symbols = Symbols, Bar = bar, From = Today - length, To = Today });
            foreach (var series in batch.Series.Values)
                written.Add((series.Symbol, code), series);
        }

        var rows = Query(host, "select symbol, bar, epoch_ms(open_time), open, high, low, close, volume, quote_volume, contracts, exact", "order by bar, symbol, open_time");

        var read = rows.GroupBy(row => ((string)row[0]!, (string)row[1]!)).ToDictionary(group => group.Key, group => group.ToList());
        Assert.That(read.Keys, Is.EquivalentTo(written.Keys));
        foreach (var (key, series) in written)
        {
            Assert.That(read[key], Has.Count.EqualTo(series.Count), $"{key}");
            for (var i = 0; i < series.Count; i++)
                AssertSame(series[i], read[key][i], $"{key} row {i}");
        }

        Assert.That(rows.Count(row => row[10] is not null), Is.GreaterThan(0), "no figure needed the exact column");
        TestContext.Out.WriteLine($"{rows.Count} rows of {written.Count} series");
    }

    [Test]
    public async Task ReadParquet_OfOneBarAndSymbol_TouchesItsFilesOnly()
    {
        await using var host = await StartAsync();
        foreach (var (bar, _, length, _) in Bars)
            await host.Client.GetCandlesAsync(new CandleBatchQuery { Symbols = Symbols, Bar = bar, From = Today - length, To = Today });

        foreach (var (_, code, _, files) in Bars)
        {
            var read = Query(host, "select distinct filename", $"where symbol = 'BTC-USDT-SWAP' and bar = '{code}'", ", filename = true");
            Assert.That(read.Select(row => (string)row[0]!), Has.Exactly(files).Items.And.All.Contains($"bar={code}/symbol=BTC-USDT-SWAP/"), code);
        }
    }

    /// <summary>By the rule that is documented beside the codecs: what <c>exact</c> names is the decimal there, everything else its double to 15 digits.</summary>
    private static void AssertSame(in Candle candle, object?[] row, string what)
    {
        var exact = ((string?)row[10] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).ToDictionary(part => part[0], part => part[2..]);
        (char Letter, decimal? Figure)[] figures =
        [
            ('o', candle.Open), ('h', candle.High), ('l', candle.Low), ('c', candle.Close), ('v', candle.Volume), ('q', candle.QuoteVolume), ('n', candle.Contracts),
        ];
        Assert.That(row[2], Is.EqualTo(candle.OpenTime.ToUnixTimeMilliseconds()), what);
        for (var column = 0; column < figures.Length; column++)
        {
            var (letter, figure) = figures[column];
            var number = (double?)row[3 + column];
            var text = exact.TryGetValue(letter, out var given) ? given : number?.ToString("G15", CultureInfo.InvariantCulture);
            Assert.That(text is null ? (decimal?)null : decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture), Is.EqualTo(figure), $"{what}, {letter}");
            if (figure is { } known)
                Assert.That(number, Is.EqualTo(double.Parse(known.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)), $"{what}, {letter} as a double");
        }
    }

    private static List<object?[]> Query(SimulatedClient host, string select, string rest, string options = "")
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"{select} from read_parquet('{host.Folder}/**/*.parquet', hive_partitioning = true{options}) {rest}";
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))]);
        return rows;
    }
}
