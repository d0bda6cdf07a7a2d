using System.Globalization;
using NUnit.Framework;
using OkxData.Testing;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Http;

/// <summary>A server that allows half of what OKX documents, as where a neighbour uses the same address.</summary>
public sealed class HalfTheLimitTests
{
    private static readonly TimeSpan Learning = TimeSpan.FromSeconds(10);

    [Test]
    [Category("Soak")]
    [CancelAfter(180_000)]
    public async Task GetCandlesAsync_HalfTheDocumentedLimit_IsLearntAndKept(CancellationToken cancellationToken)
    {
        var symbols = Environment.GetEnvironmentVariable("OKXDATA_SOAK") is null ? 45 : 200;
        await using var host = await StartAsync(options =>
        {
            ListOldSymbols(options, symbols);
            options.Limits.Quotas[SimulatorPaths.Candles] = new(20, TimeSpan.FromSeconds(2));
            options.Limits.Quotas[SimulatorPaths.HistoryCandles] = new(10, TimeSpan.FromSeconds(2));
            options.Latency = TimeSpan.FromMilliseconds(20);
        });

        var batch = await host.Client.GetCandlesAsync(SimulatedClient.Days(1_826, OldSymbols(symbols)), cancellationToken);

        batch.ThrowIfAnyFailed();
        var requests = host.Simulator.Requests;
        var late = requests.Where(request => request.Arrival - requests[0].Arrival > Learning).ToList();
        var refused = late.Count(request => request.IsRefused);
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{requests.Count} requests in {(requests[^1].Arrival - requests[0].Arrival).TotalSeconds:F1} s; {requests.Count(request => request.IsRefused)} refused, {refused} of {late.Count} after the first {Learning.TotalSeconds} s"));
        Assert.That(late, Has.Count.GreaterThan(50), "too short a run shows nothing");
        Assert.That(refused, Is.LessThanOrEqualTo(Math.Max(1, late.Count / 100)));
    }
}
