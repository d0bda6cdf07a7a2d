using System.Runtime.CompilerServices;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;

namespace OkxData.Candles.Live;

/// <summary>Streams of candles: history first where it is asked for, then each candle as it closes.</summary>
internal sealed class CandleStreamService(StreamParts parts, CacheMode mode)
{
    public IAsyncEnumerable<CandleUpdate> StreamAsync(CandleStreamQuery query, CancellationToken cancellationToken)
    {
        var order = CandleStreamOrder.Check(query, parts.TimeProvider.GetUtcNow());
        if (mode == CacheMode.Offline)
            throw new OkxCacheException($"Candles cannot be streamed with Caching.Mode = {nameof(CacheMode.Offline)}, which never touches the network; use another mode, or GetCandlesAsync for what is stored.") { Location = string.Join(", ", order.Symbols) };

        return ReadAsync(order, cancellationToken);
    }

    private async IAsyncEnumerable<CandleUpdate> ReadAsync(CandleStreamOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = new CandleStream(order, parts);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (var update in stream.ReadAsync(cancellationToken).ConfigureAwait(false))
                yield return update;
        }
    }
}
