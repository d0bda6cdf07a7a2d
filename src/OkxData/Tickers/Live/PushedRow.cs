using System.Text.Json;
using OkxData.Http;

namespace OkxData.Tickers.Live;

/// <summary>Finds the newest row of a push, and how new it is, without making anything of it.</summary>
internal static class PushedRow
{
    /// <summary>The row with the latest <c>ts</c>; of several with the same, the last.</summary>
    /// <param name="data">The array that was pushed; it is whole JSON.</param>
    /// <param name="milliseconds">Its <c>ts</c>.</param>
    /// <returns>The row; empty where there is none with a time.</returns>
    public static ReadOnlySpan<byte> Newest(ReadOnlySpan<byte> data, out long milliseconds)
    {
        ReadOnlySpan<byte> newest = [];
        milliseconds = long.MinValue;
        var reader = new Utf8JsonReader(data);
        reader.Advance();
        for (reader.Advance(); reader.TokenType != JsonTokenType.EndArray; reader.Advance())
        {
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.SkipValue();
                continue;
            }

            if (TimeOf(ref reader) is not { } time || time < milliseconds)
                continue;

            milliseconds = time;
            newest = data[start..(int)reader.BytesConsumed];
        }

        return newest;
    }

    private static long? TimeOf(ref Utf8JsonReader reader)
    {
        Span<byte> scratch = stackalloc byte[FigureReader.ScratchLength];
        long? time = null;
        for (reader.Advance(); reader.TokenType != JsonTokenType.EndObject; reader.Advance())
        {
            var isTime = reader.ValueTextEquals("ts"u8);
            reader.Advance();
            if (isTime)
                time = FigureReader.ReadTime(in reader, scratch, out var milliseconds) == FigureFault.None ? milliseconds : null;
            reader.SkipValue();
        }

        return time;
    }
}
