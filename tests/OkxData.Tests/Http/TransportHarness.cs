using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.Http;
using OkxData.RateLimiting;

namespace OkxData.Tests.Http;

/// <summary>The whole chain on a virtual clock, with a stub in the socket's place.</summary>
internal sealed class TransportHarness : IDisposable
{
    public static readonly EndpointDefinition Candles = new("/api/v5/market/candles", new(40, TimeSpan.FromSeconds(2)));

    private readonly ServiceProvider _services;

    public TransportHarness(
        HttpMessageHandler server,
        Action<ResilienceOptions>? configure = null,
        Action<IServiceCollection>? host = null,
        Action<IHttpClientBuilder>? user = null,
        bool isDemo = false,
        double share = 1,
        IRateLimiterFactory? limiters = null,
        FakeTimeProvider? clock = null,
        Func<HttpSettings, HttpSettings>? change = null)
    {
        Clock = clock ?? new FakeTimeProvider();
        if (server is StubServer stub)
            stub.Clock = Clock;
        Limiters = limiters ?? new ProcessRateLimiterFactory();
        var resilience = new ResilienceOptions();
        configure?.Invoke(resilience);
        var settings = new HttpSettings { BaseAddress = new("https://okx.test"), IsDemo = isDemo, Resilience = resilience, Share = share };
        settings = change?.Invoke(settings) ?? settings;
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(Log));
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace));
        services.AddSingleton(Limiters);
        var builder = services.AddHttpClient("OkxData").AddOkxHttpPipeline(_ => settings, _ => Clock);
        builder.ConfigurePrimaryHttpMessageHandler(() => server);
        user?.Invoke(builder);
        host?.Invoke(services);
        _services = services.BuildServiceProvider();
        Durations = new(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), OkxDataDiagnostics.MeterName, OkxDataDiagnostics.HttpRequestDuration);
        Waits = new(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), OkxDataDiagnostics.MeterName, OkxDataDiagnostics.RateLimitWaitDuration);
        Transport = new OkxTransport(_services.GetRequiredService<IHttpClientFactory>().CreateClient("OkxData"), settings, Clock);
    }

    public FakeTimeProvider Clock { get; }

    public FakeLogCollector Log { get; } = new();

    public MetricCollector<double> Durations { get; }

    public MetricCollector<double> Waits { get; }

    public OkxTransport Transport { get; }

    public IRateLimiterFactory Limiters { get; }

    public int OnSends { get; private set; }

    /// <summary>A call that counts the elements of the reply's data.</summary>
    public OkxRequest<int> Request(EndpointDefinition? endpoint = null, DataReader<int>? read = null, string scope = "") => new()
    {
        Endpoint = endpoint ?? Candles,
        Query = "instId=BTC-USDT&bar=1Dutc",
        Scope = scope,
        Subject = "BTC-USDT",
        ReadData = read ?? CountElements,
        OnSend = () => OnSends++,
    };

    public PausableRateLimiter BucketOf(EndpointDefinition endpoint, string scope = "") =>
        Limiters.Create(new RateLimitBucket("okx.test", endpoint.Path, scope, endpoint.Quota), Clock);

    public Task<int> SendAsync(CancellationToken cancellationToken = default) => Transport.SendAsync(Request(), cancellationToken);

    /// <summary>Lets virtual time pass until the task is done, a step each time nobody has anything left to compute; what passed earlier would pass in one leap for the chain.</summary>
    public async Task<T> WaitAsync<T>(Task<T> task, int stepMs = 50)
    {
        for (var step = 0; step < 20_000 && !task.IsCompleted; step++)
        {
            await ThreadPoolRest.ComeAsync();
            if (!task.IsCompleted)
                Clock.Advance(TimeSpan.FromMilliseconds(stepMs));
        }

        return task.IsCompleted ? await task : throw new TimeoutException("The call hangs.");
    }

    public Task<Exception?> FailureAsync(CancellationToken cancellationToken = default) => FailureOfAsync(SendAsync(cancellationToken));

    public async Task<Exception?> FailureOfAsync(Task<int> call, int stepMs = 50)
    {
        try
        {
            await WaitAsync(call, stepMs);
            return null;
        }
        catch (Exception exception) when (exception is OkxException or OperationCanceledException or InvalidOperationException)
        {
            return exception;
        }
    }

    public void Dispose() => _services.Dispose();

    public static int CountElements(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new OkxPayloadException("data is not an array") { Path = "data" };

        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }
}
