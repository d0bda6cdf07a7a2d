using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OkxData;
using OkxData.Models;

namespace HostApp;

/// <summary>Logs each minute of the chosen instruments as it closes: where a strategy would act.</summary>
internal sealed partial class CloseWatcher(IOkxMarketClient client, IOptions<HostSettings> settings, TimeProvider clock, ILogger<CloseWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Value.Symbols.Count == 0)
            return;

        var query = new CandleStreamQuery { Symbols = [.. settings.Value.Symbols], Bar = BarSize.OneMinute, From = clock.GetUtcNow() - Before };
        await foreach (var update in client.StreamCandlesAsync(query, stoppingToken))
        {
            LogClosed(update.Symbol, update.Candle.OpenTime, update.Candle.Close, update.IsLive ? "live" : "history");
            if (update.MissingBefore is { } missing)
                LogMissing(update.Symbol, missing.Start, missing.End);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Symbol} {OpenTime:u} closed at {Close} ({Origin})")]
    private partial void LogClosed(string symbol, DateTimeOffset openTime, decimal close, string origin);

    [LoggerMessage(2, LogLevel.Warning, "{Symbol}: OKX has no candle from {Start:u} to {End:u}")]
    private partial void LogMissing(string symbol, DateTimeOffset start, DateTimeOffset end);
}
