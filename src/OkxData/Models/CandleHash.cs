using System.Globalization;
using System.IO.Hashing;
using System.Text;
using OkxData.Time;

namespace OkxData.Models;

/// <summary>A hash of what candles say, whatever file or memory they are in; it can be made anew outside this library.</summary>
/// <remarks>
/// XxHash128 over UTF-8 lines: first <c>BTC-USDT,1Dutc</c>, then for each finished candle, oldest first,
/// <c>openTimeInUnixMilliseconds,open,high,low,close,volume,quoteVolume,contracts</c>, figures in plain decimal notation without
/// trailing zeros, contracts empty where there are none; each line ends in a line feed.
/// </remarks>
internal sealed class CandleHash
{
    /// <summary>Eight figures of at most 31 characters, with their commas.</summary>
    private const int MaxLineLength = 300;

    private readonly XxHash128 _hash = new();

    public CandleHash(string symbol, BarSize bar) => _hash.Append(Encoding.UTF8.GetBytes($"{symbol},{bar.ToCode()}\n"));

    public static string Of(string symbol, BarSize bar, ReadOnlySpan<Candle> candles)
    {
        var hash = new CandleHash(symbol, bar);
        foreach (ref readonly var candle in candles)
            hash.Append(in candle);
        return hash.ToString();
    }

    /// <summary>Adds a candle; one that still forms says nothing yet.</summary>
    public void Append(in Candle candle)
    {
        if (!candle.IsFinished)
            return;

        Span<byte> line = stackalloc byte[MaxLineLength];
        UnixTime.ToMilliseconds(candle.OpenTime).TryFormat(line, out var length, default, CultureInfo.InvariantCulture);
        Add(line, ref length, candle.Open);
        Add(line, ref length, candle.High);
        Add(line, ref length, candle.Low);
        Add(line, ref length, candle.Close);
        Add(line, ref length, candle.Volume);
        Add(line, ref length, candle.QuoteVolume);
        if (candle.Contracts is { } contracts)
            Add(line, ref length, contracts);
        else
            line[length++] = (byte)',';
        line[length++] = (byte)'\n';
        _hash.Append(line[..length]);
    }

    public override string ToString() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    private static void Add(Span<byte> line, ref int length, decimal figure)
    {
        line[length++] = (byte)',';
        figure.TryFormat(line[length..], out var written, default, CultureInfo.InvariantCulture);
        var text = line.Slice(length, written);
        if (text.Contains((byte)'.'))
            text = text.TrimEnd((byte)'0').TrimEnd((byte)'.');
        length += text.SequenceEqual("-0"u8) ? Zero(line, length) : text.Length;
    }

    private static int Zero(Span<byte> line, int at)
    {
        line[at] = (byte)'0';
        return 1;
    }
}
