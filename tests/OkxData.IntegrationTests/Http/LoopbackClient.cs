using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OkxData.Http;
using OkxData.RateLimiting;

namespace OkxData.IntegrationTests.Http;

/// <summary>The whole chain down to a real socket, with short waits.</summary>
internal sealed class LoopbackClient : IDisposable
{
    private static readonly EndpointDefinition Candles = new("/api/v5/market/candles", new(40, TimeSpan.FromMilliseconds(20)));

    private readonly ServiceProvider _services;
    private readonly OkxTransport _transport;
    private readonly PausableRateLimiter _bucket;
    private int _sends;

    public LoopbackClient(Uri address, Action<ResilienceOptions>? configure = null, Action<IHttpClientBuilder>? user = null)
    {
        var resilience = new ResilienceOptions { RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(5) };
        configure?.Invoke(resilience);
        var settings = new HttpSettings { BaseAddress = address, Resilience = resilience, Share = 1 };
        var limiters = new ProcessRateLimiterFactory();
        var services = new ServiceCollection();
        services.AddSingleton<IRateLimiterFactory>(limiters);
        var builder = services.AddHttpClient("OkxData").AddOkxHttpPipeline(_ => settings, _ => TimeProvider.System);
        user?.Invoke(builder);
        _services = services.BuildServiceProvider();
        _transport = new OkxTransport(_services.GetRequiredService<IHttpClientFactory>().CreateClient("OkxData"), settings, TimeProvider.System);
        _bucket = limiters.Create(new RateLimitBucket(settings.HostKey, Candles.Path, "", Candles.Quota), TimeProvider.System);
    }

    public int Sends => Volatile.Read(ref _sends);

    public long Tokens => _bucket.GetStatistics()!.TotalSuccessfulLeases;

    public Task<int> SendAsync(CancellationToken cancellationToken = default) => _transport.SendAsync(
        new OkxRequest<int>
        {
            Endpoint = Candles,
            Query = "instId=BTC-USDT",
            Subject = "BTC-USDT",
            ReadData = CountElements,
            OnSend = () => Interlocked.Increment(ref _sends),
        },
        cancellationToken);

    public void Dispose() => _services.Dispose();

    private static int CountElements(ref Utf8JsonReader reader)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }
}
