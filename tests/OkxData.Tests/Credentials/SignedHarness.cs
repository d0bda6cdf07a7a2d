using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using OkxData.Credentials;
using OkxData.Errors;
using OkxData.Http;
using OkxData.Tests.Http;

namespace OkxData.Tests.Credentials;

/// <summary>The whole chain with keys, on a virtual clock, with a stub in the socket's place.</summary>
internal sealed class SignedHarness : IDisposable
{
    public static readonly EndpointDefinition Signed = new("/api/v5/account/config", new(5, TimeSpan.FromSeconds(2))) { IsSigned = true };

    public static readonly DateTimeOffset Start = new(2026, 8, 22, 16, 20, 0, TimeSpan.Zero);

    private readonly ServiceProvider _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly TransportHarness _chain;

    public SignedHarness(SignedServer server, OkxCredentials[] keys, string address = "https://okx.test", bool isDemo = false, Action<ResilienceOptions>? configure = null, Action<IHttpClientBuilder>? user = null)
    {
        foreach (var key in keys)
            Options.Keys.Add(key);
        var clock = new FakeTimeProvider(Start);
        var log = new FakeLogger(Log);
        HostClock = new HostClock("okx.test", clock, _metrics.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(), log);
        var sources = new CredentialSources(() => [], () => Options, new EnvironmentCredentials(_ => null));
        Keyring = new Keyring(sources, () => Options, clock, log);
        var sync = new ClockSync(HostClock, () => _chain!.Transport, clock, log);
        _chain = new TransportHarness(
            server, configure, isDemo: isDemo, clock: clock, user: user,
            change: settings => settings with { BaseAddress = new Uri(address), Keyring = Keyring, Clock = HostClock, ClockSync = sync });
    }

    public CredentialsOptions Options { get; } = new() { ReadEnvironment = false };

    public Keyring Keyring { get; }

    public HostClock HostClock { get; }

    public FakeTimeProvider Clock => _chain.Clock;

    public FakeLogCollector Log { get; } = new();

    public FakeLogCollector ChainLog => _chain.Log;

    public List<string> KeysUsed { get; } = [];

    public Task<int> SendAsync(string query = "", CancellationToken cancellationToken = default) =>
        _chain.WaitAsync(_chain.Transport.SendAsync(_chain.Request(Signed) with { Query = query, OnSigned = KeysUsed.Add }, cancellationToken));

    public Task<int> SendPublicAsync() => _chain.WaitAsync(_chain.SendAsync());

    public async Task<OkxException> FailureAsync(string query = "")
    {
        try
        {
            await SendAsync(query);
        }
        catch (OkxException exception)
        {
            return exception;
        }

        throw new InvalidOperationException("The call did not fail.");
    }

    public void Dispose()
    {
        _chain.Dispose();
        _metrics.Dispose();
    }
}
