using System.Text;
using DuckDB.NET.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Readme;

[TestFixture]
[NonParallelizable]
public sealed class ReadmeTests
{
    private string _cache = null!;

    [SetUp]
    public void MakeFolder() => _cache = Directory.CreateTempSubdirectory("okxdata-readme-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_cache, recursive: true);

    [Test]
    public void Code_OfTheReadme_IsCompiled()
    {
        var compiled = Unindented(File.ReadAllText(Path.Combine(ReadmeFile.Root, "tests/OkxData.IntegrationTests/Readme/ReadmeSnippets.cs")));
        var paragraphs = ReadmeFile.Blocks("csharp").SelectMany(Paragraphs).ToList();

        Assert.That(paragraphs, Has.Count.GreaterThan(5));
        Assert.That(paragraphs.Where(paragraph => !compiled.Contains(paragraph, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Length_OfTheReadme_IsReadable() => Assert.That(ReadmeFile.Text.Split('\n'), Has.Length.LessThan(250));

    [Test]
    public async Task QuickStart_PrintsWhatTheReadmeShows()
    {
        await using var simulator = await OkxSimulator.StartAsync(options => options.StartAt = new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero));
        await using var client = Client(simulator);

        var printed = await PrintedByAsync(() => ReadmeSnippets.DownloadAsync(client));

        Assert.That(printed, Is.EqualTo(ReadmeFile.Blocks("text")[0]));
    }

    [Test]
    public async Task Query_OfTheReadme_ReadsTheCacheTree()
    {
        await using var simulator = await OkxSimulator.StartAsync(options => options.StartAt = new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero));
        await using var client = Client(simulator);
        var printed = await PrintedByAsync(() => ReadmeSnippets.DownloadAsync(client));
        Assume.That(printed, Is.EqualTo(ReadmeFile.Blocks("text")[0]));
        Assume.That(Directory.EnumerateFiles(_cache, "*", SearchOption.AllDirectories), Has.Exactly(3).EndsWith(".parquet"));

        await using var connection = new DuckDBConnection("DataSource=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = ReadmeFile.Blocks("sql").Single().Replace("market-data/global", $"{_cache.Replace('\\', '/')}/{simulator.Name}", StringComparison.Ordinal);
        var rows = new List<(string Symbol, long Days)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add((reader.GetString(0), reader.GetInt64(1)));

        Assert.That(rows, Is.EqualTo(new[] { ("BTC-USDT", 1826L), ("ETH-USDT", 1826L), ("SOL-USDT", 1826L) }));
    }

    [Test]
    public void Configuration_OfTheReadme_IsValid()
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(ReadmeFile.Blocks("json").Single()));
        var configuration = new ConfigurationBuilder().AddJsonStream(json).Build();
        var services = new ServiceCollection();
        services.AddOkxMarketData(configuration.GetSection("OkxData"));
        using var provider = services.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<IOkxMarketClient>(), Is.Not.Null);
    }

    private OkxMarketClient Client(OkxSimulator simulator) =>
        OkxMarketClient.Create(options => options.Caching.Directory = _cache, builder => builder.UseSimulator(simulator));

    private static async Task<string> PrintedByAsync(Func<Task> action)
    {
        var console = Console.Out;
        using var writer = new StringWriter { NewLine = "\n" };
        Console.SetOut(writer);
        try
        {
            await action();
        }
        finally
        {
            Console.SetOut(console);
        }

        return writer.ToString();
    }

    /// <summary>What has to stand in the compiled code as it is: the parts between blank lines, and each using line alone.</summary>
    private static IEnumerable<string> Paragraphs(string block) =>
        from paragraph in Unindented(block).Split("\n\n")
        from part in paragraph.StartsWith("using ", StringComparison.Ordinal) ? paragraph.Split('\n') : [paragraph]
        where part.Length > 0
        select part.Trim('\n');

    private static string Unindented(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()));
}
