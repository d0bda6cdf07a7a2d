using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NUnit.Framework;
using OkxData.Diagnostics;
using OkxData.RateLimiting;
using OkxData.Streaming;

namespace OkxData.Tests.Streaming;

/// <summary>The hub of a client on virtual time, with an exchange in memory.</summary>
internal sealed class StreamHarness : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public StreamHarness(Action<StreamingOptions>? configure = null, IRateLimiterFactory? limiters = null, string address = "wss://ws.okx.test")
    {
        Exchange.Clock = Clock;
        var options = new StreamingOptions();
        configure?.Invoke(options);
        Meters = _services.GetRequiredService<IMeterFactory>();
        Logs = new LoggerFactory([new FakeLoggerProvider(Log)]);
        Hub = new StreamHub(
            new StreamSettings { BaseAddress = new(address), Options = options, Share = 1 },
            Exchange, limiters ?? new ProcessRateLimiterFactory(), Clock, Meters, Logs.CreateLogger<StreamHub>(), new Random(1));
    }

    public CountingClock Clock { get; } = new(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public FakeExchange Exchange { get; } = new();

    public StreamHub Hub { get; }

    public FakeLogCollector Log { get; } = new();

    public LoggerFactory Logs { get; }

    public IMeterFactory Meters { get; }

    /// <summary>The waits before connections were tried again, in seconds; the others that are made here are of whole seconds.</summary>
    public IReadOnlyList<double> ReconnectWaits => [.. Clock.Waits.Select(wait => wait.TotalSeconds).Where(seconds => seconds % 1 != 0)];

    public FakeSocket Socket => Exchange.Sockets[^1];

    public static StreamTopic Tickers(string symbol) => new(StreamPath.Public, "tickers", symbol);

    public static string Push(string symbol, string data = "[{}]") => $"{{\"arg\":{{\"channel\":\"tickers\",\"instId\":\"{symbol}\"}},\"data\":{data}}}";

    public MetricCollector<T> Collect<T>(string name)
        where T : struct => new(Meters, OkxDataDiagnostics.MeterName, name);

    /// <summary>Lets other tasks run until something holds.</summary>
    public static async Task UntilAsync(Func<bool> holds, string what)
    {
        for (var watch = Stopwatch.StartNew(); !holds();)
        {
            if (watch.Elapsed > Patience)
                Assert.Fail($"Waited in vain: {what}");
            await Task.Yield();
        }
    }

    /// <summary>Lets time pass until something holds; tasks that get to run late see more of it pass, so how much did proves nothing.</summary>
    public async Task AdvanceUntilAsync(Func<bool> holds, string what, TimeSpan? step = null)
    {
        var started = Clock.GetTimestamp();
        for (var watch = Stopwatch.StartNew(); !holds();)
        {
            if (watch.Elapsed > Patience)
                Assert.Fail($"Waited {Clock.GetElapsedTime(started)} in vain: {what}");
            Clock.Advance(step ?? TimeSpan.FromMilliseconds(50));
            await ThreadPoolRest.ComeAsync();
        }
    }

    /// <summary>Lets time pass.</summary>
    public async Task AdvanceAsync(TimeSpan span, TimeSpan? step = null)
    {
        for (var end = Clock.GetUtcNow() + span; Clock.GetUtcNow() < end;)
        {
            var left = end - Clock.GetUtcNow();
            Clock.Advance(step < left ? step.Value : left);
            await ThreadPoolRest.ComeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await _services.DisposeAsync();
    }
}
