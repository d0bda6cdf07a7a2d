using System.Text.Json;
using OkxData.Errors;

namespace OkxData.Http;

/// <summary>Reads one row.</summary>
/// <param name="reader">Stands on the row's opening brace; is left on its closing one.</param>
/// <param name="refusal">Why there is no row.</param>
/// <returns>The row, or <see langword="null"/> when there is a refusal.</returns>
internal delegate T? RowReader<out T>(ref Utf8JsonReader reader, out RowRefusal? refusal)
    where T : class;

/// <summary>Reads <c>data</c> where it is an array of objects, row by row.</summary>
internal static class ReplyRowsReader
{
    /// <param name="reader">Stands on the first token of <c>data</c>; is left on its last.</param>
    /// <param name="what">What the rows are, for messages, such as <c>tickers</c>.</param>
    /// <param name="brokenRule">The rule that a row which is no object breaks.</param>
    /// <param name="readRow">Reads a row that is an object.</param>
    /// <param name="sender">Who sent them, for messages.</param>
    /// <exception cref="OkxPayloadException"><c>data</c> is no array, or has several rows of which none is of the documented shape.</exception>
    /// <exception cref="JsonException">The reply is not JSON, or ends early.</exception>
    public static ReplyRows<T> Read<T>(ref Utf8JsonReader reader, string what, string brokenRule, RowReader<T> readRow, string sender = "OKX")
        where T : class
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new OkxPayloadException($"{sender} sent {what} whose data is {reader.TokenType}, not an array of rows; please report it.") { Path = "data" };

        var rows = new List<T>();
        List<LeftOutRow>? leftOut = null;
        var broken = 0;
        for (var index = 0; ; index++)
        {
            reader.Advance();
            if (reader.TokenType == JsonTokenType.EndArray)
                break;

            if (ReadOne(ref reader, brokenRule, readRow, out var refusal) is { } row)
            {
                rows.Add(row);
                continue;
            }

            broken += refusal!.IsBroken ? 1 : 0;
            (leftOut ??= []).Add(new LeftOutRow(index, refusal));
        }

        if (broken > 1 && broken == rows.Count + leftOut!.Count)
            throw new OkxPayloadException($"{sender} sent {broken} {what} and none of them can be read; {leftOut[0]}. Look for a newer version of this library, or report it.") { Path = "data[0]" };

        return new ReplyRows<T>(rows, leftOut is null ? [] : leftOut);
    }

    private static T? ReadOne<T>(ref Utf8JsonReader reader, string brokenRule, RowReader<T> readRow, out RowRefusal? refusal)
        where T : class
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return readRow(ref reader, out refusal);

        refusal = new RowRefusal(brokenRule, null, $"it is {reader.TokenType}, not an object", IsBroken: true);
        reader.SkipValue();
        return null;
    }
}
