using System.Text;
using System.Text.Json;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Codecs;
using OkxData.Models;

namespace OkxData.Tests.Candles.Codecs;

[TestFixture]
internal sealed class JsonCandleCodecTests : CandleCodecContract
{
    private protected override ICandleCodec Codec { get; } = new JsonCandleCodec();

    [Test]
    public async Task EncodeAsync_AnySegment_IsOneJsonDocumentWithACandleALine()
    {
        var content = await Codec.EncodeAsync(Segments.Daily(3), default);

        var lines = Encoding.UTF8.GetString(content.Span).Split('\n');
        using var document = JsonDocument.Parse(content);
        Assert.That(lines, Has.Length.EqualTo(4));
        Assert.That(lines[1], Does.StartWith("[1577836800000,30000,"));
        Assert.That(document.RootElement.GetProperty("candles").GetArrayLength(), Is.EqualTo(3));
        Assert.That(document.RootElement.GetProperty("columns").GetArrayLength(), Is.EqualTo(document.RootElement.GetProperty("candles")[0].GetArrayLength()));
    }

    [Test]
    public async Task DecodeAsync_NewerSchema_IsToldApart() =>
        Assert.That(AssertCorrupt(await ChangedAsync("\"schema\":1", "\"schema\":2")).IsNewerSchema, Is.True);

    [TestCase("\"schema\":1", "\"schema\":0")]
    [TestCase("\"schema\":1", "\"schame\":1")]
    [TestCase("\"symbol\":\"BTC-USDT\"", "\"symbol\":\"\"")]
    [TestCase("\"symbol\":\"BTC-USDT\",", "")]
    [TestCase("1Dutc", "1D")]
    [TestCase("1Dutc", "1Wutc")]
    [TestCase("\n[1577836800000,", "\n[1577836800001,")]
    [TestCase("\n[1577836800000,", "\n[1577923200000,")]
    [TestCase("\n[1577836800000,", "\n[15778368000000000,")]
    [TestCase("\"covered\":[[1577836800000,", "\"covered\":[[1577923200000,")]
    [TestCase("\"low\",\"close\"", "\"close\",\"low\"")]
    [TestCase("null]", "null,1]")]
    [TestCase("null]", "\"1\"]")]
    [TestCase(",null]", "]")]
    [TestCase("]}", "]}{}")]
    [TestCase("]}", "]")]
    public async Task DecodeAsync_OtherContentUnderARightChecksum_IsCorrupt(string what, string with) =>
        Assert.That(AssertCorrupt(await ChangedAsync(what, with)).IsNewerSchema, Is.False);

    [Test]
    public async Task DecodeAsync_ChecksumInCapitals_IsCorrupt()
    {
        var content = (await Codec.EncodeAsync(Segments.Daily(3), default)).ToArray();
        var letter = Array.FindIndex(content, "{\"xxh128\":\"".Length, digit => digit is >= (byte)'a' and <= (byte)'f');
        content[letter] ^= 0x20;

        AssertCorrupt(content);
    }

    [Test]
    public async Task DecodeAsync_UnknownProperty_IsIgnored()
    {
        var read = await Codec.DecodeAsync(await ChangedAsync("\"schema\":1,", "\"schema\":1,\"note\":{\"by\":[1]},"), default);

        Segments.AssertEqual(read, Segments.Daily(3));
    }

    private async Task<byte[]> ChangedAsync(string what, string with)
    {
        var text = Encoding.UTF8.GetString((await Codec.EncodeAsync(Segments.Daily(3), default)).Span);
        Assert.That(text, Does.Contain(what));
        var content = Encoding.UTF8.GetBytes(text.Replace(what, with, StringComparison.Ordinal));
        JsonSeal.Apply(content);
        return content;
    }
}
