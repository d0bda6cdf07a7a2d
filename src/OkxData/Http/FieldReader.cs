using System.Text;
using System.Text.Json;

namespace OkxData.Http;

/// <summary>Reads one value of a row: empty or null is <see langword="null"/>, and one of a wrong kind is the row's fault.</summary>
/// <remarks>The reader is left on the value's last token.</remarks>
internal static class FieldReader
{
    private const int ShownLength = 40;

    public static string? ReadWord(this ref Utf8JsonReader reader, string name, ref string? fault)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number && TextOf(in reader) is { } text)
            return text.Length == 0 ? null : text;

        fault ??= $"{name} {Shown(in reader)} is not a text";
        reader.SkipValue();
        return null;
    }

    public static decimal? ReadFigure(this ref Utf8JsonReader reader, string name, ref string? fault)
    {
        Span<byte> scratch = stackalloc byte[FigureReader.ScratchLength];
        switch (FigureReader.ReadDecimal(in reader, scratch, out var value))
        {
            case FigureFault.None:
                return value;
            case FigureFault.Empty or FigureFault.Null:
                return null;
            case FigureFault.TooManyDigits:
                fault ??= $"{name} {Shown(in reader)} has more digits than a decimal holds";
                return null;
            default:
                fault ??= $"{name} {Shown(in reader)} is not a number";
                reader.SkipValue();
                return null;
        }
    }

    public static long? ReadTime(this ref Utf8JsonReader reader, string name, ref string? fault)
    {
        Span<byte> scratch = stackalloc byte[FigureReader.ScratchLength];
        switch (FigureReader.ReadTime(in reader, scratch, out var milliseconds))
        {
            case FigureFault.None:
                return milliseconds;
            case FigureFault.Empty or FigureFault.Null:
                return null;
            default:
                fault ??= $"{name} {Shown(in reader)} is not an instant in Unix milliseconds";
                reader.SkipValue();
                return null;
        }
    }

    public static void SkipValue(this ref Utf8JsonReader reader)
    {
        if (!reader.TrySkip())
            throw EndsEarly();
    }

    public static void Advance(this ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            throw EndsEarly();
    }

    /// <summary>The text of a string, name or number; <see langword="null"/> where it is damaged in a way that JSON allows, such as half of a surrogate pair.</summary>
    public static string? TextOf(in Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.HasValueSequence ? Encoding.UTF8.GetString(reader.ValueSequence) : Encoding.UTF8.GetString(reader.ValueSpan);

        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Shown(in Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
            return $"({reader.TokenType})";
        if (TextOf(in reader) is not { } text)
            return "(damaged text)";

        var printable = string.Concat(text.Take(ShownLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return text.Length > ShownLength ? $"'{printable}…'" : $"'{printable}'";
    }

    private static JsonException EndsEarly() => new("The reply ends inside its data.");
}
