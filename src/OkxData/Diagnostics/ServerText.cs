using System.Globalization;
using System.Text;

namespace OkxData.Diagnostics;

/// <summary>Words of a server, made fit to stand in a message or a log.</summary>
internal static class ServerText
{
    public const int MaxLength = 300;

    /// <summary>The text without control and formatting characters, and not longer than <see cref="MaxLength"/>.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        var clean = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > MaxLength - 1)
                return clean.Append('…').ToString();

            clean.Append(IsPlain(rune) ? rune.ToString() : " ");
        }

        return clean.ToString().Trim();
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
