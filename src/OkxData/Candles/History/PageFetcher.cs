using System.Globalization;
using System.Text.Json;
using OkxData.Candles.Wire;
using OkxData.Http;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.History;

/// <summary>Asks one endpoint for one page.</summary>
internal sealed class PageFetcher(OkxTransport transport)
{
    private static readonly DataReader<CandlePage> ReadSpot = static (ref Utf8JsonReader reader) => CandlePageReader.Read(ref reader, isDerivative: false);
    private static readonly DataReader<CandlePage> ReadDerivative = static (ref Utf8JsonReader reader) => CandlePageReader.Read(ref reader, isDerivative: true);

    /// <summary>How many pages may be under way at once.</summary>
    public int Workers(CandleSource source) => transport.PermitsFor(CandleEndpoints.Of(source));

    public Task<CandlePage> FetchAsync(PageRequest page, CandleSource source, bool hasStandIn, Action onSend, CancellationToken cancellationToken) =>
        FetchAsync(page.Series.Key, page.Openings, page.IsLeading, source, hasStandIn, onSend, cancellationToken);

    /// <param name="key">The series.</param>
    /// <param name="openings">The openings asked for; the newest come where there are more than a page.</param>
    /// <param name="isLeading">Whether rows older than the openings are let in, too.</param>
    /// <param name="source">The endpoint.</param>
    /// <param name="hasStandIn">Whether the caller holds something that may stand in for the answer.</param>
    /// <param name="onSend">Called at each send.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task<CandlePage> FetchAsync(SeriesKey key, Interval openings, bool isLeading, CandleSource source, bool hasStandIn, Action onSend, CancellationToken cancellationToken)
    {
        // OKX's cursors exclude their own row: `after` is older than, `before` newer than. Without `before` a range would
        // not end at its start; with a `before` alone the newest rows come. So both are always sent.
        var after = openings.End;
        var before = isLeading ? 0 : openings.Start - 1;
        return transport.SendAsync(new OkxRequest<CandlePage>
        {
            Endpoint = CandleEndpoints.Of(source),
            Query = string.Create(CultureInfo.InvariantCulture, $"instId={Uri.EscapeDataString(key.Symbol)}&bar={key.Bar.ToCode()}&after={after}&before={before}&limit={CandleEndpoints.PageSize}"),
            Subject = $"{key} {openings.ToRange()}",
            ReadData = key.IsDerivative ? ReadDerivative : ReadSpot,
            HasStandIn = hasStandIn,
            OnSend = onSend,
        }, cancellationToken);
    }
}
