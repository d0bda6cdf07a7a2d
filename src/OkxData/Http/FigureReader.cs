using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OkxData.Time;

namespace OkxData.Http;

/// <summary>Reads one field of a row, a JSON string or number, without making a string of it.</summary>
/// <remarks>The scratch space, of <see cref="ScratchLength"/> bytes, is used only for escaped and divided values.</remarks>
internal static class FigureReader
{
    public const int ScratchLength = DecimalText.MaxLength;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FigureFault ReadDecimal(in Utf8JsonReader reader, scoped Span<byte> scratch, out decimal value) =>
        IsPlain(in reader) ? DecimalText.Parse(reader.ValueSpan, out value) : CopyDecimal(in reader, scratch, out value);

    /// <summary>An instant in Unix milliseconds that a <see cref="DateTimeOffset"/> can hold.</summary>
    public static FigureFault ReadTime(in Utf8JsonReader reader, scoped Span<byte> scratch, out long milliseconds)
    {
        milliseconds = 0;
        if (IsPlain(in reader))
            return ParseTime(reader.ValueSpan, out milliseconds);

        var fault = CopyText(in reader, scratch, out var text);
        return fault == FigureFault.None ? ParseTime(text, out milliseconds) : fault;
    }

    /// <summary>OKX's flag: "0" or "1".</summary>
    public static FigureFault ReadFlag(in Utf8JsonReader reader, scoped Span<byte> scratch, out bool flag)
    {
        flag = false;
        if (IsPlain(in reader))
            return ParseFlag(reader.ValueSpan, out flag);

        var fault = CopyText(in reader, scratch, out var text);
        return fault == FigureFault.None ? ParseFlag(text, out flag) : fault;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(in Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String or JsonTokenType.Number && !reader.ValueIsEscaped && !reader.HasValueSequence;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FigureFault CopyDecimal(in Utf8JsonReader reader, scoped Span<byte> scratch, out decimal value)
    {
        value = 0;
        var fault = CopyText(in reader, scratch, out var text);
        return fault == FigureFault.None ? DecimalText.Parse(text, out value) : fault;
    }

    private static FigureFault ParseTime(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.IsEmpty)
            return FigureFault.Empty;

        var isNegative = text[0] == '-';
        var digits = isNegative ? text[1..] : text;
        if (digits.Length is 0 or > 18)
            return FigureFault.NotANumber;

        foreach (var next in digits)
        {
            var digit = (uint)(next - '0');
            if (digit > 9)
                return FigureFault.NotANumber;
            milliseconds = milliseconds * 10 + digit;
        }

        if (isNegative)
            milliseconds = -milliseconds;
        return UnixTime.IsRepresentable(milliseconds) ? FigureFault.None : FigureFault.NotANumber;
    }

    private static FigureFault ParseFlag(ReadOnlySpan<byte> text, out bool flag)
    {
        flag = text is [(byte)'1'];
        return flag || text is [(byte)'0'] ? FigureFault.None : text.IsEmpty ? FigureFault.Empty : FigureFault.NotANumber;
    }

    private static FigureFault CopyText(in Utf8JsonReader reader, Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (reader.TokenType is JsonTokenType.EndArray)
            return FigureFault.RowEnds;
        if (reader.TokenType is JsonTokenType.Null)
            return FigureFault.Null;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
            return FigureFault.NotANumber;

        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > scratch.Length)
            return FigureFault.NotANumber;

        if (reader.HasValueSequence)
            reader.ValueSequence.CopyTo(scratch);
        else
            reader.ValueSpan.CopyTo(scratch);
        return Unescape(scratch[..(int)length], out text);
    }

    // Only \u00XX can stand for a character of a figure. Utf8JsonReader.CopyString would throw on half a surrogate pair.
    private static FigureFault Unescape(Span<byte> raw, out ReadOnlySpan<byte> text)
    {
        text = default;
        var written = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var next = raw[i];
            if (next == '\\')
            {
                if (raw[i..] is not [_, (byte)'u', (byte)'0', (byte)'0', var high, var low, ..])
                    return FigureFault.NotANumber;
                next = (byte)((Hex(high) << 4) | Hex(low));
                i += 5;
            }

            raw[written++] = next;
        }

        text = raw[..written];
        return FigureFault.None;
    }

    private static int Hex(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
