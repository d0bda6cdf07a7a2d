using Microsoft.AspNetCore.Http;
using OkxData.Testing.Sockets;

namespace OkxData.Testing.Serving;

/// <summary>The way of a request: the wire there, arrival and limit, outage, fault, answer, the wire back.</summary>
internal sealed class RequestPipeline(OkxSimulatorOptions options, TimeProvider clock, RequestLog log, FaultInjector faults, CandleHandler candles, MarketHandler market, MarketCapHandler marketCaps, Wire wire, SocketDoor sockets)
{
    private readonly ReplySender _sender = new(options.Faults);

    public OutageMode Outage { get; set; }

    public AccountHandler Account { get; } = new(options.Keys);

    public TimeSpan ClockOffset { get; set; } = options.ClockOffset;

    public async Task ProcessAsync(HttpContext context, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            if (SocketExchange.IsPath(context.Request.Path.Value ?? ""))
            {
                await wire.CrossAsync(TimeProvider.System, ending.Token).ConfigureAwait(false);
                await sockets.ProcessAsync(context, ending.Token).ConfigureAwait(false);
                return;
            }

            var reply = await AnswerAsync(context.Request, () => wire.CrossAsync(TimeProvider.System, ending.Token)).ConfigureAwait(false);
            await _sender.SendAsync(context, reply, ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    /// <summary>The reply to a request that has a way there and back.</summary>
    public async Task<Reply> AnswerAsync(HttpRequest request, Func<Task> crossWire)
    {
        await crossWire().ConfigureAwait(false);
        var path = request.Path.Value ?? "";
        var scope = path == SimulatorPaths.Instruments ? request.Query["instType"].ToString() : "";
        var entry = log.Arrive(request.Method, path, request.QueryString.Value ?? "", scope);
        var (reply, fault) = Decide(entry, request);
        await crossWire().ConfigureAwait(false);
        log.Answer(entry, reply, fault);
        return reply with { Date = clock.GetUtcNow() + ClockOffset };
    }

    private (Reply Reply, FaultKind? Fault) Decide(RequestEntry entry, HttpRequest request)
    {
        var now = clock.GetUtcNow();
        if (Outage == OutageMode.Close)
            return (new Reply { Manner = SendingManner.Reset }, null);
        if (Outage == OutageMode.Hang)
            return (new Reply { Manner = SendingManner.Never }, null);
        if (Outage == OutageMode.Unavailable || (entry.Path != SimulatorPaths.Status && market.IsInMaintenance(now)))
            return (Reply.Unavailable(), null);
        if (entry.IsRefused)
            return (Reply.TooManyRequests(options.Limits.RefuseInsideOk ? 200 : 429) with { RetryAfter = options.Limits.RetryAfter }, null);
        if (faults.Draw(entry) is { } fault)
            return (faults.Apply(fault, () => Route(entry.Path, request, now)), fault);

        return (Route(entry.Path, request, now), null);
    }

    private Reply Route(string path, HttpRequest request, DateTimeOffset now)
    {
        if (request.Method != HttpMethods.Get)
            return Reply.Gateway(405, "50115", "Invalid request method.");

        return path switch
        {
            SimulatorPaths.Candles or SimulatorPaths.HistoryCandles => candles.Handle(path, request.Query, now),
            SimulatorPaths.Tickers => market.Tickers(request.Query, now),
            SimulatorPaths.Ticker => market.Ticker(request.Query, now),
            SimulatorPaths.Instruments => market.Instruments(request.Query, now),
            SimulatorPaths.Time => MarketHandler.Time(now + ClockOffset),
            SimulatorPaths.AccountConfig => Account.Configuration(request, now + ClockOffset),
            SimulatorPaths.Status => market.Status(request.Query, now),
            SimulatorPaths.CoinGeckoMarkets => marketCaps.CoinGecko(request.Query, now),
            SimulatorPaths.CoinPaprikaTickers => marketCaps.CoinPaprika(now),
            _ => Reply.Text(404, "404 page not found"),
        };
    }
}
