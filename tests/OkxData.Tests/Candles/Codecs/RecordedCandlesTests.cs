using System.Globalization;
using NUnit.Framework;
using OkxData.Candles;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Candles.Codecs;

[TestFixture]
internal sealed class RecordedCandlesTests
{
    [Test]
    public async Task RoundTrip_EveryRecordedRow_IsEqualToTheDigit()
    {
        var folder = FindRecorded();
        if (folder is null)
            Assert.Inconclusive("There is no ../shared/recorded/candles beside the repository; this test needs it.");

        var rows = 0;
        foreach (var file in Directory.EnumerateFiles(folder!, "*.csv"))
        {
            var segment = Read(file);
            rows += segment.Candles.Length;
            foreach (var codec in CandleCodecs.All)
                Segments.AssertEqual(await codec.DecodeAsync(await codec.EncodeAsync(segment, default), default), segment);
        }

        Assert.That(rows, Is.GreaterThan(5_000));
    }

    private static CandleSegment Read(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file).Split('.');
        Assert.That(BarSizes.TryParseCode(name[1], out var bar), file);
        var candles = File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Where(cells => cells[6] == "1").Select(cells => new Candle
        {
            OpenTime = UnixTime.FromMilliseconds(long.Parse(cells[0], CultureInfo.InvariantCulture)),
            Open = Number(cells[1]),
            High = Number(cells[2]),
            Low = Number(cells[3]),
            Close = Number(cells[4]),
            Volume = Number(cells[5]),
            QuoteVolume = Number(cells[5]) * Number(cells[4]),
            Contracts = Number(cells[5]) * 100,
            IsFinished = true,
        });
        return Segments.Of(name[0], bar, [.. candles]);
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string? FindRecorded()
    {
        for (var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OkxData.sln")))
            {
                var recorded = Path.Combine(folder.FullName, "..", "shared", "recorded", "candles");
                return Directory.Exists(recorded) ? recorded : null;
            }
        }

        return null;
    }
}
