using System.Runtime.CompilerServices;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Streaming;

namespace OkxData.Tickers.Live;

/// <summary>Streams tickers.</summary>
internal sealed class TickerStreamService(StreamHub hub, CacheMode mode, PushedTimes times, TickerSignals signals)
{
    private const string Channel = "tickers";

    /// <summary>The tickers of these symbols as OKX pushes them. Each enumeration subscribes on its own and unsubscribes when it is left.</summary>
    /// <exception cref="ArgumentException">There is no symbol, or one that is none; thrown at the call.</exception>
    /// <exception cref="OkxCacheException">The client is offline; thrown at the call, too.</exception>
    public IAsyncEnumerable<Ticker> StreamAsync(IEnumerable<string> symbols, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        var wanted = symbols.Select(symbol => Symbols.Normalize(symbol, nameof(symbols))).Distinct(StringComparer.Ordinal).ToArray();
        if (wanted.Length == 0)
            throw new ArgumentException("There is no symbol to stream; name at least one, such as 'BTC-USDT'.", nameof(symbols));

        if (mode == CacheMode.Offline)
            throw new OkxCacheException($"Tickers cannot be streamed with Caching.Mode = {nameof(CacheMode.Offline)}, which never touches the network; use another mode, or GetTickersAsync for what is stored.") { Location = string.Join(", ", wanted) };

        return ReadAsync(wanted, cancellationToken);
    }

    private async IAsyncEnumerable<Ticker> ReadAsync(string[] symbols, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var mailbox = new TickerMailbox(symbols, times, signals);
        var subscription = hub.Subscribe([.. symbols.Select(symbol => new StreamTopic(StreamPath.Public, Channel, symbol))], mailbox);
        await using var leaving = subscription.ConfigureAwait(false);
        await using var cancelling = cancellationToken.UnsafeRegister(
            static (mailbox, token) => ((TickerMailbox)mailbox!).End(new OperationCanceledException(token)), mailbox).ConfigureAwait(false);
        while (true)
        {
            await mailbox.WaitAsync().ConfigureAwait(false);
            while (mailbox.TryTake(out var ticker))
            {
                if (await mailbox.IsCredibleAsync(ticker, cancellationToken).ConfigureAwait(false))
                    yield return ticker;
            }
        }
    }
}
