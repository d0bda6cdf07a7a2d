using System.Text.Encodings.Web;
using System.Text.Json;
using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class ReplayTests
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("okxdata-replay-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Replay_ASmallFolder_ServesFiguresVerbatimAndFillsColumnsByTheRule()
    {
        Write("BTC-USDT-SWAP.1Dutc.csv", "1704067200000,42297.70,44254.9,42182.0,44220.0,86439.84,1", "1704153600000,44220.1,45900.0,44191.4,44956.9,199198.61,0");
        Write("X-USDT.1Dutc.csv", "1704067200000,1.0,2.0,0.50,1.5,10.0,1");
        Write("Y-USDT-SWAP.1Dutc.csv", "1704067200000,1.0,2.0,0.50,1.5,10.0,1");
        await using var simulator = await OkxSimulator.StartAsync(options => (options.ReplayFolder, options.ContractValues["Y-USDT-SWAP"]) = (_folder, 4m));
        using var client = new SimulatorClient(simulator);

        var rows = await client.GetRowsAsync($"{SimulatorPaths.Candles}?instId=BTC-USDT-SWAP&bar=1Dutc");
        var spot = await client.GetRowsAsync($"{SimulatorPaths.Candles}?instId=X-USDT&bar=1Dutc");
        var other = await client.GetRowsAsync($"{SimulatorPaths.Candles}?instId=Y-USDT-SWAP&bar=1Dutc");

        Assert.That(rows[1], Is.EqualTo(new[] { "1704067200000", "42297.70", "44254.9", "42182.0", "44220.0", "8643984", "86439.84", "3822369724.8", "1" }));
        Assert.That(rows[0][8], Is.EqualTo("0"));
        Assert.That(spot[0][5..8], Is.EqualTo(new[] { "10.0", "15", "15" }));
        Assert.That(other[0][5..8], Is.EqualTo(new[] { "2.5", "10.0", "15" }));
        Assert.That(simulator.Name, Is.EqualTo("simulator-recorded"));
        Assert.That(simulator.Clock.GetUtcNow(), Is.EqualTo(new DateTimeOffset(2024, 1, 2, 0, 1, 0, TimeSpan.Zero)).Within(TimeSpan.FromMinutes(10)));
    }

    [Test]
    public async Task Replay_ASmallFolder_ListsOnlyItsInstrumentsWithTheirTicks()
    {
        Write("BTC-USDT-SWAP.1Dutc.csv", "1704067200000,42297.7,44254.9,42182.0,44220.5,86439.84,1", "1704153600000,44220.1,45900.0,44191.4,44956.9,199198.61,0");
        await using var simulator = await OkxSimulator.StartAsync(options => options.ReplayFolder = _folder);
        using var client = new SimulatorClient(simulator);

        var swap = (await client.GetDataAsync($"{SimulatorPaths.Instruments}?instType=SWAP")).Single();
        var ticker = (await client.GetDataAsync($"{SimulatorPaths.Tickers}?instType=SWAP")).Single();

        Assert.That(swap.GetProperty("tickSz").GetString(), Is.EqualTo("0.1"));
        Assert.That(swap.GetProperty("ctVal").GetString(), Is.EqualTo("0.01"));
        Assert.That(ticker.GetProperty("last").GetString(), Is.EqualTo("44956.9"));
        Assert.That(await client.GetDataAsync($"{SimulatorPaths.Instruments}?instType=SPOT"), Is.Empty);
        Assert.That(await client.GetRowsAsync($"{SimulatorPaths.Candles}?instId=BTC-USDT-SWAP&bar=1H"), Is.Empty);
    }

    [TestCase("BTC.csv", "1,1,1,1,1,1,1", "BTC.csv")]
    [TestCase("BTC-USDT.1Z.csv", "1,1,1,1,1,1,1", "bar is unknown")]
    [TestCase("BTC-USDT.1D.csv", "1,1,1,1,1,1", "line 2")]
    [TestCase("BTC-USDT.1D.csv", "1,1,1,1,x,1,1", "line 2")]
    [TestCase("BTC-USDT.1D.csv", "2,1,1,1,1,1,1\n1,1,1,1,1,1,1", "line 3")]
    public void Replay_AFileOfAnotherForm_SaysWhere(string name, string row, string where)
    {
        Write(name, row.Split('\n'));

        Assert.That(() => OkxSimulator.StartAsync(options => options.ReplayFolder = _folder), Throws.InstanceOf<FormatException>().With.Message.Contains(where));
    }

    [Test]
    public void Replay_NoFolderOrNothingInIt_SaysSo()
    {
        Assert.That(() => OkxSimulator.StartAsync(options => options.ReplayFolder = _folder), Throws.InstanceOf<FileNotFoundException>());
        Assert.That(() => OkxSimulator.StartAsync(options => options.ReplayFolder = _folder + "/none"), Throws.InstanceOf<DirectoryNotFoundException>());
    }

    [Test]
    public async Task Replay_TheRealRecording_EveryNumberOfEveryFileVerbatim()
    {
        var folder = RecordedFolder("candles");
        await using var simulator = await OkxSimulator.StartAsync(options => (options.ReplayFolder, options.Limits.Enabled, options.HistoryServesForming) = (folder, false, true));
        using var client = new SimulatorClient(simulator);
        var files = Directory.GetFiles(folder, "*.csv");
        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var (symbol, bar) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
            var served = new List<string>();
            for (var cursor = "9999999999999"; ;)
            {
                var page = await client.GetRowsAsync($"{SimulatorPaths.HistoryCandles}?instId={symbol}&bar={bar}&limit=300&after={cursor}");
                if (page.Length == 0)
                    break;
                served.AddRange(page.Select(row => string.Join(',', row[..5].Append(row[6]).Append(row[8]))));
                cursor = page[^1][0];
            }

            served.Reverse();
            Assert.That(served, Is.EqualTo((await File.ReadAllLinesAsync(file)).Skip(1)), name);
        }
    }

    [Test]
    public async Task Errors_ThePublicOnesOfTheRecording_AreAnsweredTokenForToken()
    {
        var recorded = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(RecordedFolder("payloads"), "error-bodies.json"))).RootElement;
        await using var simulator = await OkxSimulator.StartAsync();
        using var client = new SimulatorClient(simulator);
        var compared = 0;
        foreach (var entry in recorded.EnumerateArray())
        {
            var code = entry.GetProperty("body").GetProperty("code");
            if (code.ToString() is not ("51001" or "50011"))
                continue;
            if (code.ToString() == "50011")
                simulator.FailNext(code.ValueKind == JsonValueKind.Number ? FaultKind.RateLimitedNumericCode : FaultKind.RateLimited);

            using var response = await client.GetAsync($"{SimulatorPaths.Ticker}?instId=BTC-USDTT");
            Assert.That((int)response.StatusCode, Is.EqualTo(entry.GetProperty("httpStatus").GetInt32()));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(JsonSerializer.Serialize(entry.GetProperty("body"), Unescaped)));
            compared++;
        }

        Assert.That(compared, Is.GreaterThanOrEqualTo(3));
    }

    private void Write(string name, params string[] rows) =>
        File.WriteAllLines(Path.Combine(_folder, name), rows.Prepend("ts_ms,open,high,low,close,volume,confirm"));

    private static string RecordedFolder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "..", "shared", "recorded", name);
            if (Directory.Exists(candidate))
                return candidate;
        }

        Assert.Inconclusive($"There is no recording beside the checkout ('../shared/recorded/{name}'), so this was not tested.");
        return "";
    }
}
