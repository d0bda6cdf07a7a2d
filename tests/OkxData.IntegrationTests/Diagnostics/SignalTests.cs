using System.Collections.Concurrent;
using System.Diagnostics;
using NUnit.Framework;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Diagnostics;

/// <summary>What an operator can see of calls: activities and logs.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SignalTests
{
    [Test]
    public async Task Activities_OfCalls_NameTheEndpointTheSubjectAndTheAttempts()
    {
        await using var host = await StartAsync(options => options.Symbols.Add(new SimulatedSymbol { Symbol = "TRACED1-USDT" }));
        using var activities = new Activities("TRACED1-USDT");
        host.Simulator.FailNext(FaultKind.ServiceUnavailable, 1, SimulatorPaths.Candles);
        await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "TRACED1-USDT", From = Today.AddDays(-3), To = Today });

        var activity = activities.Seen.First();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(activity.OperationName, Is.EqualTo("GET /api/v5/market/candles"));
            Assert.That(activity.GetTagItem(OkxDataDiagnostics.EndpointTag), Is.EqualTo("GET /api/v5/market/candles"));
            Assert.That(activity.GetTagItem(OkxDataDiagnostics.AttemptsTag), Is.EqualTo(2));
            Assert.That(activity.Status, Is.EqualTo(ActivityStatusCode.Unset));
            Assert.That(activity.Kind, Is.EqualTo(ActivityKind.Client));
        }
    }

    [Test]
    public async Task Activities_OfACallThatFails_SayHow()
    {
        await using var host = await StartAsync();
        using var activities = new Activities("TRACED2-USDT");
        await Assert.CatchAsync<OkxApiException>(() => host.Client.GetCandlesAsync(new CandleQuery { Symbol = "TRACED2-USDT", From = Today.AddDays(-3), To = Today }));

        var activity = activities.Seen.First();
        Assert.That((activity.Status, activity.GetTagItem("error.type")), Is.EqualTo((ActivityStatusCode.Error, (object)nameof(OkxApiException))));
    }

    [Test]
    public async Task Log_AtDebug_TellsOfCallsHitsAndMisses()
    {
        await using var host = await StartAsync();
        await host.Client.GetTickersAsync();
        await host.Client.GetTickersAsync();
        var query = new CandleQuery { Symbol = "BTC-USDT", From = Today.AddDays(-3), To = Today };
        await host.Client.GetCandlesAsync(query);
        await host.Client.GetCandlesAsync(query);
        var ids = host.Log.GetSnapshot().Select(record => record.Id.Id).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids.Count(id => id == LogEventIds.DocumentMiss), Is.EqualTo(1));
            Assert.That(ids.Count(id => id == LogEventIds.DocumentHit), Is.EqualTo(1));
            Assert.That(ids.Count(id => id == LogEventIds.Requested), Is.EqualTo(host.Simulator.TotalRequests));
            Assert.That(host.Log.GetSnapshot().Any(record => record.Message.StartsWith("GET /api/v5/market/candles for BTC-USDT 1Dutc", StringComparison.Ordinal) && record.Message.Contains("success", StringComparison.Ordinal)));
            Assert.That(host.Log.GetSnapshot().Any(record => record.Message == "1 of 1 series of 1Dutc candles come from the cache without a request"));
        }
    }

    /// <summary>The activities of the library about a symbol, in order of their ends.</summary>
    private sealed class Activities : IDisposable
    {
        private readonly ActivityListener _listener;

        public Activities(string symbol)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == OkxDataDiagnostics.ActivitySourceName,
                Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (activity.GetTagItem(OkxDataDiagnostics.SubjectTag) is string subject && subject.StartsWith(symbol, StringComparison.Ordinal))
                        Seen.Enqueue(activity);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ConcurrentQueue<Activity> Seen { get; } = [];

        public void Dispose() => _listener.Dispose();
    }
}
