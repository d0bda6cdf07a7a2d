using System.Text;
using System.Text.Json;
using CsCheck;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Http;
using OkxData.Tests.Candles.Wire;

namespace OkxData.Tests.Http;

public sealed class ReplyRowsReaderTests
{
    private static readonly DataReader<ReplyRows<Row>> Read = (ref reader) => ReplyRowsReader.Read(ref reader, "rows", "row.broken", ReadRow);

    [Test]
    public void Read_NoRows_IsEmpty() => Assert.That(Only("[]"), Is.Empty);

    [Test]
    public void Read_TextsAndNumbers_AreTheSame() =>
        Assert.That(Only("""[{"word":"a","figure":"1.50","time":"1700000000000"},{"word":"a","figure":1.5,"time":1700000000000}]"""), Has.All.EqualTo(new Row { Word = "a", Figure = 1.5m, Time = 1_700_000_000_000 }));

    [TestCase("""{}""")]
    [TestCase("""{"word":"","figure":"","time":""}""")]
    [TestCase("""{"word":null,"figure":null,"time":null}""")]
    public void Read_AbsentEmptyOrNull_IsNull(string row) => Assert.That(Only($"[{row}]").Single(), Is.EqualTo(new Row()));

    [Test]
    public void Read_UnknownFieldsOfEveryKind_AreSkipped() =>
        Assert.That(Only("""[{"new":{"word":"x","deep":[[{}]]},"a":[1,"2",null],"b":true,"c":null,"word":"kept","d":1e400,"\ud83d":"\ud83d","e":"\uDEAD"}]""").Single().Word, Is.EqualTo("kept"));

    [Test]
    public void Read_EscapedNameAndValue_AreTheSame() =>
        Assert.That(Only("""[{"w\u006frd":"\u0061b","fig\u0075re":"\u0031.5"}]""").Single(), Is.EqualTo(new Row { Word = "ab", Figure = 1.5m }));

    [TestCase("""{"figure":"abc"}""", "figure 'abc' is not a number")]
    [TestCase("""{"figure":true}""", "figure (True) is not a number")]
    [TestCase("""{"figure":["1"]}""", "figure (StartArray) is not a number")]
    [TestCase("""{"figure":{"word":"x"}}""", "figure (StartObject) is not a number")]
    [TestCase("""{"figure":" 1"}""", "figure ' 1' is not a number")]
    [TestCase("""{"figure":"1,5"}""", "figure '1,5' is not a number")]
    [TestCase("""{"figure":"79228162514264337593543950336"}""", "figure '79228162514264337593543950336' has more digits than a decimal holds")]
    [TestCase("""{"figure":1e40}""", "figure '1e40' has more digits than a decimal holds")]
    [TestCase("""{"time":"12.5"}""", "time '12.5' is not an instant in Unix milliseconds")]
    [TestCase("""{"time":"99999999999999999"}""", "time '99999999999999999' is not an instant in Unix milliseconds")]
    [TestCase("""{"word":false}""", "word (False) is not a text")]
    [TestCase("""{"word":[{"word":"x"}]}""", "word (StartArray) is not a text")]
    [TestCase("""{"word":"\ud800"}""", "word (damaged text) is not a text")]
    [TestCase("""{"figure":"\ud800"}""", "figure (damaged text) is not a number")]
    [TestCase("""{"figure":"a\u001bb"}""", "figure 'a?b' is not a number")]
    [TestCase("""{"figure":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""", "figure 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' is not a number")]
    [TestCase("\"text\"", "it is String, not an object")]
    [TestCase("[1,[2]]", "it is StartArray, not an object")]
    [TestCase("null", "it is Null, not an object")]
    public void Read_BadRowAmongGoodOnes_IsLeftOutWithItsReason(string row, string reason)
    {
        var reply = Replies.ReadData($$"""[{"word":"before"},{{row}},{"word":"after"}]""", Read);

        Assert.That(reply.Rows.Select(kept => kept.Word), Is.EqualTo(new[] { "before", "after" }));
        var leftOut = reply.LeftOut.Single();
        Assert.That((leftOut.Index, leftOut.Refusal.Reason), Is.EqualTo((1, reason)));
    }

    [Test]
    public void Read_TwoFaults_TellsTheFirst() =>
        Assert.That(Replies.ReadData("""[{"figure":"x","time":"y"}]""", Read).LeftOut.Single().Refusal.Reason, Does.StartWith("figure"));

    [Test]
    public void Read_OneRowAndItIsBad_IsEmpty() => Assert.That(Replies.ReadData("[7]", Read).Rows, Is.Empty);

    [Test]
    public void Read_SeveralRowsAndAllAreBroken_IsAPayloadError()
    {
        var thrown = Assert.Throws<OkxPayloadException>(() => Replies.ReadData("""[{"figure":"x"},[]]""", Read))!;

        Assert.That((thrown.Path, thrown.Message), Is.EqualTo(("data[0]", "OKX sent 2 rows and none of them can be read; row 0: figure 'x' is not a number. Look for a newer version of this library, or report it.")));
    }

    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("\"\"")]
    public void Read_DataIsNoArray_IsAPayloadError(string data) =>
        Assert.That(() => Replies.ReadData(data, Read), Throws.TypeOf<OkxPayloadException>().With.Property("Path").EqualTo("data"));

    [TestCase("""[{"word":"a"}""")]
    [TestCase("""[{"word":""")]
    [TestCase("""[{"word":"a",}]""")]
    [TestCase("""[{"word":"a"} {"word":"b"}]""")]
    [TestCase("""[{"skipped":[1,""")]
    [TestCase("""[[1,""")]
    [TestCase("""[{"figure":{"a":""")]
    public void Read_NotJson_IsAJsonException(string data) =>
        Assert.That(() => Replies.ReadData(data, Read), Throws.InstanceOf<JsonException>());

    [Test]
    public void Read_CutAnywhereByAServerThatMayGoOn_IsAJsonException()
    {
        var data = """[{"word":"a","figure":{"x":1}},[1],{"skipped":{"y":[]},"time":"1"}]"""u8.ToArray();
        for (var length = 1; length < data.Length; length++)
        {
            Assert.That(() =>
            {
                var reader = new Utf8JsonReader(data.AsSpan(0, length), isFinalBlock: false, default);
                reader.Read();
                Read(ref reader);
            }, Throws.InstanceOf<JsonException>(), $"after {length} bytes");
        }
    }

    [Test]
    public void Read_InPieces_IsTheSame([Range(1, 9)] int size)
    {
        var data = """[{"word":"a","figure":"1.25","skipped":[1,"xyz"],"time":1700000000000},[1],{"figure":"abcdef"}]"""u8.ToArray();
        var reader = new Utf8JsonReader(Pieces.Of(data, size));
        reader.Read();

        var reply = Read(ref reader);

        Assert.That(reply.Rows, Is.EqualTo(new[] { new Row { Word = "a", Figure = 1.25m, Time = 1_700_000_000_000 } }));
        Assert.That(reply.LeftOut.Select(row => row.ToString()), Is.EqualTo(new[] { "row 1: it is StartArray, not an object", "row 2: figure 'abcdef' is not a number" }));
    }

    [Test]
    public void Read_AnyJson_KeepsOrExplainsEveryRow() =>
        AnyRow.Array[0, 8].Sample(rows =>
        {
            var reply = Replies.ReadData($$"""[{"word":"sound"},{{string.Join(',', rows.Prepend("{}"))}}]""", Read);
            return reply.Rows.Count + reply.LeftOut.Count == rows.Length + 2;
        }, iter: 5_000);

    private static readonly Gen<string> AnyValue = OneOf(
        "null", "true", "\"\"", "\"1.5\"", "-0", "1e999", "\"1e-999\"", "[]", "{}", "[[{\"word\":1}]]", "{\"figure\":[\"x\"]}",
        "\"\\ud800\"", "\"\\u0000\"", "\"live\"", "123456789012345678901234567890", "\"-1\"", "\"+1\"", "\"NaN\"", "\"ü\"");

    private static readonly Gen<string> AnyRow = Gen.OneOf(
        AnyValue,
        Gen.Select(OneOf("word", "figure", "time", "new", "\\ud800", ""), AnyValue, (name, value) => $"\"{name}\":{value}").Array[0, 6].Select(fields => $"{{{string.Join(',', fields)}}}"));

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);

    private static IReadOnlyList<Row> Only(string data)
    {
        var reply = Replies.ReadData(data, Read);
        Assert.That(reply.LeftOut, Is.Empty);
        return reply.Rows;
    }

    private static Row? ReadRow(ref Utf8JsonReader reader, out RowRefusal? refusal)
    {
        var row = new Row();
        var fault = Fields.Read(ref reader, row);
        refusal = fault is null ? null : new RowRefusal("row.broken", row.Word, fault, IsBroken: true);
        return fault is null ? row : null;
    }

    private static readonly RowFields<Row> Fields = new RowFields<Row>()
        .Word("word", (row, value) => row.Word = value)
        .Figure("figure", (row, value) => row.Figure = value)
        .Time("time", (row, value) => row.Time = value);

    private sealed record Row
    {
        public string? Word { get; set; }

        public decimal? Figure { get; set; }

        public long? Time { get; set; }
    }
}
