using NUnit.Framework;
using OkxData.Candles;
using OkxData.Candles.Codecs;

namespace OkxData.IntegrationTests.Candles;

/// <summary>The files of a cache folder, read without the client.</summary>
internal static class ArchiveFiles
{
    /// <summary>Decodes every segment there is; one that is damaged fails the test, and so does a folder of quarantined ones.</summary>
    public static async Task<List<CandleSegment>> ReadAllAsync(string folder)
    {
        Assert.That(Directory.Exists(Path.Combine(folder, ".quarantine")), Is.False, "something was damaged");
        var segments = new List<CandleSegment>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (!Path.GetFileName(file).StartsWith('.') && CandleCodecs.ForKey(file) is { } codec)
                segments.Add(await codec.DecodeAsync(await File.ReadAllBytesAsync(file), default));
        }

        return segments;
    }
}
