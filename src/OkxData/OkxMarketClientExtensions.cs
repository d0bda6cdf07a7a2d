using OkxData.Errors;
using OkxData.Models;

namespace OkxData;

/// <summary>Shorthands for the calls that are made most.</summary>
public static class OkxMarketClientExtensions
{
    /// <summary>Gets the finished candles of one instrument whose opening times lie in [<paramref name="from"/>, <paramref name="to"/>).</summary>
    /// <param name="client">The client.</param>
    /// <param name="symbol">The instrument, as OKX writes it or like <c>btc/usdt</c>.</param>
    /// <param name="bar">The length of a candle, on the UTC calendar.</param>
    /// <param name="from">The start, inclusive; any offset is accepted.</param>
    /// <param name="to">The end, exclusive; <see langword="null"/> for now.</param>
    /// <param name="cancellationToken">Cancels the call; what has arrived is kept.</param>
    /// <returns>The series, oldest first.</returns>
    /// <exception cref="ArgumentException">The symbol, the bar or the range is not valid.</exception>
    /// <exception cref="OkxException">OKX could not or would not answer.</exception>
    public static Task<CandleSeries> GetCandlesAsync(this IOkxMarketClient client, string symbol, BarSize bar, DateTimeOffset from, DateTimeOffset? to = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetCandlesAsync(new CandleQuery { Symbol = symbol, Bar = bar, From = from, To = to }, cancellationToken);
    }

    /// <summary>Gets the finished days of one instrument over the last years, up to today 00:00 UTC.</summary>
    /// <param name="client">The client.</param>
    /// <param name="symbol">The instrument, as OKX writes it or like <c>btc/usdt</c>.</param>
    /// <param name="years">How many calendar years back, 1 to 50.</param>
    /// <param name="timeProvider">The clock that says what today is; <see langword="null"/> for the system's.</param>
    /// <param name="cancellationToken">Cancels the call; what has arrived is kept.</param>
    /// <returns>The series, oldest first.</returns>
    /// <exception cref="ArgumentException">The symbol or the number of years is not valid.</exception>
    /// <exception cref="OkxException">OKX could not or would not answer.</exception>
    public static Task<CandleSeries> GetDailyCandlesAsync(this IOkxMarketClient client, string symbol, int years, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (years is < 1 or > 50)
            throw new ArgumentOutOfRangeException(nameof(years), years, $"{years} years were asked for; 1 to 50 are allowed.");

        var today = new DateTimeOffset((timeProvider ?? TimeProvider.System).GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        return client.GetCandlesAsync(new CandleQuery { Symbol = symbol, From = today.AddYears(-years), To = today }, cancellationToken);
    }
}
