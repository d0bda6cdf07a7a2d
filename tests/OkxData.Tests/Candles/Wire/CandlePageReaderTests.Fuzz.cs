using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using CsCheck;
using NUnit.Framework;
using OkxData.Candles.Wire;
using OkxData.Errors;
using OkxData.Models;

namespace OkxData.Tests.Candles.Wire;

public sealed partial class CandlePageReaderTests
{
    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(CandleReplies.OfRows(
        """["1785340800000","63972.4","64011.7","63900.8","63976","53.44396732","3417848.682242563","3417848.682242563","0"]""",
        """[1785254400000,6.39234e4,"\u0036",-0.1,"00","","NaN",null,"1"]""",
        """{"a":[[]]}""",
        """["1785168000000","1","2","3","4","5","6","7","1",[],{}]"""));

    private static readonly byte[] Syntax = "[]{}\",:\\u0123456789eE+-.ntf \n"u8.ToArray();
    private static readonly Gen<byte> Damage = Gen.OneOf(Gen.Byte, Gen.Int[0, Syntax.Length - 1].Select(i => Syntax[i]));
    private static readonly string[] RowShapes = [GoodRow, "[]", "7", "null", """["1"]""", """["x","4","6","3","5","10","20","30","1"]"""];

    [Test]
    public void Read_DamagedBody_GivesRowsOrATypedException() =>
        Gen.Select(Gen.Select(Gen.Int[0, Whole.Length - 1], Gen.Int[0, 3], Damage).Array[1, 6], Gen.Bool).Sample((edits, isDerivative) =>
        {
            var body = Edited(edits);
            var page = TryRead(new Utf8JsonReader(body), isDerivative);
            var inPieces = TryRead(new Utf8JsonReader(Pieces.Of(body, 1 + edits[0].Item1 % 7)), isDerivative);
            return Describe(page) == Describe(inPieces);
        }, iter: 100_000);

    [Test]
    public void Read_AnyRows_AreNeitherLostNorInvented() =>
        Gen.Int[0, RowShapes.Length - 1].Array[0, 40].Sample(shapes =>
        {
            var page = CandleReplies.Read(CandleReplies.OfRows(shapes.Select(shape => RowShapes[shape])));
            return page.Candles.Length == shapes.Count(shape => shape == 0)
                && page.BrokenRows.Select(broken => broken.Index).SequenceEqual(Enumerable.Range(0, shapes.Length).Where(i => shapes[i] != 0));
        }, iter: 5_000);

    [Test]
    public void Read_FullPage_AllocatesNothingBeyondItsRows()
    {
        var body = Encoding.UTF8.GetBytes(CandleReplies.OfRows(Enumerable.Repeat("""["1785254400000","63923.4","64751.6","63504.2","63972.4","4481.85464847","287506892.157491959","287506892.157491959","1"]""", 300)));
        for (var i = 0; i < 3; i++)
            CandleReplies.Read(body);

        var least = long.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            CandleReplies.Read(body);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.That(least - 300 * Unsafe.SizeOf<Candle>(), Is.Positive.And.LessThan(2_048));
    }

    private static CandlePage? TryRead(Utf8JsonReader reader, bool isDerivative)
    {
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("data"u8) && reader.Read())
                    return CandlePageReader.Read(ref reader, isDerivative);
            }

            return null;
        }
        catch (Exception exception) when (exception is JsonException or OkxPayloadException)
        {
            return null;
        }
    }

    private static string Describe(CandlePage? page) =>
        page is null ? "nothing" : $"{string.Join(';', page.Candles.ToArray())} {string.Join(';', page.BrokenRows)}";

    private static byte[] Edited((int At, int Kind, byte Value)[] edits)
    {
        var body = Whole.ToList();
        foreach (var (at, kind, value) in edits)
        {
            var index = at % Math.Max(body.Count, 1);
            if (kind == 0 || body.Count == 0)
                body.Insert(index, value);
            else if (kind == 1)
                body.RemoveAt(index);
            else if (kind == 2)
                body[index] = value;
            else
                body.RemoveRange(index, Math.Min(value % 32, body.Count - index));
        }

        return [.. body];
    }
}
