using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Credentials;
using OkxData.Errors;
using OkxData.RateLimiting;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Credentials;

[Parallelizable(ParallelScope.All)]
public sealed class SeveralKeysTests
{
    private const string First = "the-first-of-the-keys-1111";
    private const string Second = "the-second-of-the-keys-2222";

    [Test]
    public async Task Verify_FirstOfTwoKeysIsRevokedInMidRun_NoCallFails([Values(1, 8)] int atOnce)
    {
        await using var run = await StartAsync();
        var used = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var calls = 0;

        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (true)
            {
                var call = Interlocked.Increment(ref calls);
                if (call > 200)
                    return;
                if (call == 100)
                    run.Simulator.RevokeKey(First);
                used.Enqueue((await run.Client.VerifyCredentialsAsync()).KeyHint);
            }
        }));

        Assert.That(used, Has.Count.EqualTo(200));
        Assert.That(used.TakeLast(50), Is.All.EqualTo("…2222"));
        Assert.That(used.First(), Is.EqualTo("…1111"));
        Assert.That(run.Simulator.Requests.Count(request => request.Code == "50119"), Is.InRange(1, atOnce), "only what was under way meets the rejection");
        var lines = run.Log.GetSnapshot().Select(line => line.Message).ToList();
        Assert.That(lines, Has.One.Contains("rejects the key …1111 with 50119").And.One.Contains("now use the key …2222"));
        Assert.That(lines.Where(line => line.Contains(First) || line.Contains(Second)), Is.Empty);
    }

    [Test]
    public async Task Verify_AllKeysAreRevoked_NamesThemAndAsksNoMore()
    {
        await using var run = await StartAsync();
        run.Simulator.RevokeKey(First);
        run.Simulator.RevokeKey(Second);

        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => run.Client.VerifyCredentialsAsync()))!;
        var asked = run.Simulator.RequestCount(SimulatorPaths.AccountConfig);
        await Assert.ThrowsAsync<OkxCredentialException>(() => run.Client.VerifyCredentialsAsync());

        Assert.That(failure.Message, Does.Contain("all 2 keys").And.Contain("…1111").And.Contain("…2222").And.Contain("region"));
        Assert.That((asked, run.Simulator.RequestCount(SimulatorPaths.AccountConfig)), Is.EqualTo((2, 2)));
    }

    private static Task<SimulatedClient> StartAsync() => SimulatedClient.StartAsync(
        simulator =>
        {
            simulator.Limits.Enabled = false;
            simulator.Keys.Add(new SimulatedKey(First, "secret", "phrase"));
            simulator.Keys.Add(new SimulatedKey(Second, "secret", "phrase"));
        },
        options =>
        {
            options.Credentials.Keys.Add(new OkxCredentials(First, "secret", "phrase"));
            options.Credentials.Keys.Add(new OkxCredentials(Second, "secret", "phrase"));
        },
        builder => builder.Services.AddSingleton<IRateLimiterFactory>(new RoomyLimiters()));
}
