using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;

namespace OkxData.Refresh;

/// <summary>Keeps chosen series current in the cache: what is behind at once when the host starts, then all of them shortly after each UTC close.</summary>
/// <remarks>What is held is not asked for again, so an interrupted round goes on where it was. Bars go on side by side.</remarks>
internal sealed class CacheRefreshService(
    Func<IOkxMarketClient> client, CacheRefreshOptions options, CacheMode mode, TimeProvider timeProvider, RefreshMetrics metrics, ILogger<CacheRefreshService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (mode is CacheMode.Off or CacheMode.Offline)
        {
            logger.Pointless(mode.ToString());
            return;
        }

        var bars = options.Bars.Count == 0 ? [BarSize.OneDay] : options.Bars.Distinct().ToList();
        var what = options.Top == 0 ? $"{options.Symbols.Count} symbols" : $"{options.Symbols.Count} symbols and the {options.Top} largest assets in {options.QuoteCurrency}";
        logger.Started(what, string.Join(", ", bars.Select(bar => bar.ToCode())), options.Delay);
        try
        {
            var market = client();
            await Task.WhenAll(bars.Select(bar => RunAsync(market, bar, stoppingToken))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops: what has arrived is kept.
            return;
        }
    }

    private async Task RunAsync(IOkxMarketClient market, BarSize bar, CancellationToken cancellationToken)
    {
        var report = new RefreshReport(bar.ToCode(), metrics, logger);
        var schedule = new RefreshSchedule(bar, options.Delay, options.Spread);
        var round = new RefreshRound(market, bar, schedule, options.History, report, timeProvider);
        long? before = null;
        while (true)
        {
            var close = schedule.CloseAt(timeProvider.GetUtcNow());
            var symbols = await SymbolsAsync(market, report, cancellationToken).ConfigureAwait(false);
            await round.RunAsync(close, symbols, isBehind: before is null, cancellationToken).ConfigureAwait(false);
            before = close;
            await Waiting.UntilAsync(schedule.NextRound(close), timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyCollection<string>> SymbolsAsync(IOkxMarketClient market, RefreshReport report, CancellationToken cancellationToken)
    {
        var symbols = options.Symbols.Select(symbol => Symbols.Normalize(symbol, nameof(options.Symbols))).ToHashSet(StringComparer.Ordinal);
        if (options.Top == 0)
            return symbols;

        for (var tries = 1; ; tries++)
        {
            try
            {
                var ranking = await market.GetMarketCapRankingAsync(new MarketCapQuery { Top = options.Top, QuoteCurrency = options.QuoteCurrency }, cancellationToken).ConfigureAwait(false);
                symbols.UnionWith(ranking.Assets.Select(asset => asset.Symbol));
                return symbols;
            }
            catch (OkxException exception)
            {
                report.Failed(exception.Message);
            }

            await Waiting.UntilAsync(timeProvider.GetUtcNow() + RefreshRound.PauseAfter(tries), timeProvider, cancellationToken).ConfigureAwait(false);
        }
    }
}
