using System.Text;
using System.Text.Json;
using OkxData.Candles.Wire;

namespace OkxData.Tests.Candles.Wire;

/// <summary>Replies in the shape of real ones, and the way from a body to its page.</summary>
internal static class CandleReplies
{
    public const string Spot = """
        {"code":"0","msg":"","data":[
          ["1785340800000","63972.4","64011.7","63900.8","63976","53.44396732","3417848.682242563","3417848.682242563","0"],
          ["1785254400000","63923.4","64751.6","63504.20","63972.4","4481.85464847","287506892.157491959","287506892.157491959","1"]
        ]}
        """;

    public const string Swap = """
        {"code":"0","msg":"","data":[["1747094040000","102806.1","102820.4","102806.1","102820.4","1040.37","10.4037","1069603.34883","1"]]}
        """;

    public static CandlePage Read(string body, bool isDerivative = false) => Read(Encoding.UTF8.GetBytes(body), isDerivative);

    public static CandlePage Read(ReadOnlySpan<byte> body, bool isDerivative = false)
    {
        var reader = new Utf8JsonReader(body);
        CandlePage? page = null;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals("data"u8))
                continue;
            reader.Read();
            page = CandlePageReader.Read(ref reader, isDerivative);
        }

        return page ?? CandlePage.Empty;
    }

    /// <summary>A reply whose only row has these fields, written as JSON.</summary>
    public static string OfRow(params IEnumerable<string> fields) => OfRows($"[{string.Join(',', fields)}]");

    public static string OfRows(params IEnumerable<string> rows) => $$"""{"code":"0","msg":"","data":[{{string.Join(',', rows)}}]}""";

    /// <summary>The fields of a good row, one of them replaced.</summary>
    public static string[] FieldsWith(int index, string json)
    {
        string[] fields = ["\"1785254400000\"", "\"4\"", "\"6\"", "\"3\"", "\"5\"", "\"10\"", "\"20\"", "\"30\"", "\"1\""];
        fields[index] = json;
        return fields;
    }
}
