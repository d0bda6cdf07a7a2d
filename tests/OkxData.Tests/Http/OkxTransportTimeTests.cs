using System.Net;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Http;

namespace OkxData.Tests.Http;

internal sealed class OkxTransportTimeTests
{
    private const string Good = """{"code":"0","msg":"","data":[[1],[2],[3]]}""";
    private const string Busy = """{"code":"50013","msg":"Systems are busy."}""";

    private static readonly EndpointDefinition Narrow = new("/api/v5/market/narrow", new(1, TimeSpan.FromSeconds(60)));

    [Test]
    public async Task Send_NoAnswer_EachAttemptTimesOut()
    {
        var server = new StubServer(StubServer.Hang);
        using var harness = new TransportHarness(server, options => options.GiveUpAfter = TimeSpan.FromMinutes(10));
        var failure = await harness.FailureAsync();

        Assert.That(failure, Is.TypeOf<OkxTransportException>());
        Assert.That(failure!.Message, Does.Contain("within 10 s"));
        Assert.That(server.Sends, Is.EqualTo(5));
    }

    [Test]
    public async Task Send_NoAnswerForLong_IsGivenUpAfterGiveUpAfter()
    {
        using var harness = new TransportHarness(new StubServer(StubServer.Hang));
        var started = harness.Clock.GetUtcNow();
        var failure = await harness.FailureAsync();

        Assert.That(failure, Is.TypeOf<OkxTransportException>());
        Assert.That(failure!.Message, Does.Contain("for 30 s").And.Contain("within 10 s"), "how long, and what the last attempt met");
        Assert.That((harness.Clock.GetUtcNow() - started).TotalSeconds, Is.InRange(30, 31));
    }

    [Test]
    public async Task Send_ProcessStandsStillMeanwhile_LosesAnAttemptAndNotTheCall([Values] bool hasStandIn)
    {
        var server = new StubServer(StubServer.Hang, StubServer.Reply(Good));
        using var harness = new TransportHarness(server);
        var call = harness.Transport.SendAsync(harness.Request() with { HasStandIn = hasStandIn }, default);
        await ThreadPoolRest.ComeAsync();
        harness.Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(await harness.WaitAsync(call), Is.EqualTo(3));
        Assert.That(server.Sends, Is.EqualTo(2));
    }

    [Test]
    public async Task Send_OneEndpointIsDown_OpensNoBreakerOfTheOthers()
    {
        var (good, bad) = (StubServer.Reply(Good), StubServer.Reply("<html>502</html>", HttpStatusCode.BadGateway));
        var server = new StubServer((request, token) => (request.RequestUri!.AbsolutePath == TransportHarness.Candles.Path ? bad : good)(request, token));
        using var harness = new TransportHarness(server, options => options.MaxRetries = 0);
        var other = new EndpointDefinition("/api/v5/market/history-candles", new(20, TimeSpan.FromSeconds(2)));
        for (var call = 0; call < 30; call++)
            Assert.That(await harness.FailureAsync(), Is.InstanceOf<OkxTransportException>());
        var before = server.Sends;

        Assert.That(await harness.WaitAsync(harness.Transport.SendAsync(harness.Request(other), default)), Is.EqualTo(3));
        Assert.That(await harness.FailureAsync(), Is.InstanceOf<OkxTransportException>());
        Assert.That((before, server.Sends), Is.EqualTo((20, 21)), "the one that is down is left alone");
        Assert.That(harness.Log.GetSnapshot().Select(line => line.Message), Has.One.Contains("okx.test/api/v5/market/candles failed"));
    }

    [Test]
    public async Task Send_DrippingBody_TimesOut()
    {
        using var harness = new TransportHarness(new StubServer(StubServer.Body(new Drip())), options => options.MaxRetries = 0);
        var started = harness.Clock.GetUtcNow();
        var failure = await harness.FailureAsync();

        Assert.That(failure!.Message, Does.Contain("within 10 s"));
        Assert.That(harness.Clock.GetUtcNow() - started, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(10)));
    }

    [Test]
    public async Task Send_CallerCancels_IsACancellationAndTriedOnce()
    {
        var server = new StubServer(StubServer.Hang);
        using var harness = new TransportHarness(server);
        using var cancellation = new CancellationTokenSource();
        var call = harness.SendAsync(cancellation.Token);
        await cancellation.CancelAsync();

        var failure = await harness.FailureOfAsync(call);
        Assert.That(failure, Is.InstanceOf<OperationCanceledException>());
        Assert.That(((OperationCanceledException)failure!).CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That(server.Sends, Is.EqualTo(1));
    }

    [Test]
    public async Task Send_CancelledInTheQueue_ReturnsAtOnceAndFreesItsPlace()
    {
        var server = new StubServer(StubServer.Hang);
        using var harness = new TransportHarness(server);
        using var cancellation = new CancellationTokenSource();
        using var shutdown = new CancellationTokenSource();
        var first = harness.Transport.SendAsync(harness.Request(Narrow), shutdown.Token);
        var second = harness.Transport.SendAsync(harness.Request(Narrow), cancellation.Token);
        Assert.That(harness.BucketOf(Narrow).GetStatistics()!.CurrentQueuedCount, Is.EqualTo(1));
        await cancellation.CancelAsync();

        // No virtual time passes.
        await Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await second);
        Assert.That(harness.BucketOf(Narrow).GetStatistics()!.CurrentQueuedCount, Is.Zero);
        Assert.That(server.Sends, Is.EqualTo(1));
        await shutdown.CancelAsync();
        await Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await first);
    }

    [Test]
    public async Task Send_CallerCancelsOnTheWire_TheTokenStaysOutAWindowLonger()
    {
        using var harness = new TransportHarness(new StubServer(StubServer.Hang));
        using var cancellation = new CancellationTokenSource();
        var call = harness.Transport.SendAsync(harness.Request(Narrow), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await call);

        // The request may still arrive, later than the cancellation; two windows from now is the earliest safe instant.
        harness.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.That(harness.BucketOf(Narrow).GetStatistics()!.CurrentAvailablePermits, Is.Zero);
        harness.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.That(harness.BucketOf(Narrow).GetStatistics()!.CurrentAvailablePermits, Is.Zero);
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(harness.BucketOf(Narrow).GetStatistics()!.CurrentAvailablePermits, Is.EqualTo(1));
    }

    [Test]
    public async Task Send_LongWaitForAToken_IsNotATimeout()
    {
        using var harness = new TransportHarness(new StubServer(StubServer.Reply(Good)));
        await harness.Transport.SendAsync(harness.Request(Narrow), default);
        Assert.That(await harness.WaitAsync(harness.Transport.SendAsync(harness.Request(Narrow), default)), Is.EqualTo(3));
        Assert.That(harness.Waits.GetMeasurementSnapshot()[^1].Value, Is.GreaterThanOrEqualTo(60));
    }

    [Test]
    public async Task Send_TokenIsHeldUntilTheBodyIsRead()
    {
        var body = new Gate();
        using var harness = new TransportHarness(new StubServer(StubServer.Body(body)));
        var call = harness.SendAsync();
        Assert.That(harness.BucketOf(TransportHarness.Candles).GetStatistics()!.CurrentAvailablePermits, Is.EqualTo(39));
        harness.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That(harness.BucketOf(TransportHarness.Candles).GetStatistics()!.CurrentAvailablePermits, Is.EqualTo(39));
        body.Open(Good);
        await harness.WaitAsync(call, stepMs: 1);
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(harness.BucketOf(TransportHarness.Candles).GetStatistics()!.CurrentAvailablePermits, Is.EqualTo(40));
    }

    [Test]
    public async Task Send_EveryAttempt_TakesAToken()
    {
        using var harness = new TransportHarness(new StubServer(StubServer.Reply("", HttpStatusCode.BadGateway)));
        await harness.FailureAsync();
        Assert.That(harness.BucketOf(TransportHarness.Candles).GetStatistics()!.TotalSuccessfulLeases, Is.EqualTo(5));
    }

    [TestCase(null, 2)]
    [TestCase(5, 5)]
    [TestCase(30, 30)]
    public async Task Send_Refused_PausesTheWholeBucket(int? retryAfterSeconds, int expectedSeconds)
    {
        TimeSpan? retryAfter = retryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var server = new StubServer(StubServer.Reply("", HttpStatusCode.TooManyRequests, retryAfter: retryAfter), StubServer.Reply(Good));
        using var harness = new TransportHarness(server);
        var refused = harness.SendAsync();
        var other = harness.SendAsync();
        await harness.WaitAsync(Task.WhenAll(refused, other));

        Assert.That(server.Times.Skip(1).Select(time => time - server.Times[0]), Is.All.GreaterThanOrEqualTo(TimeSpan.FromSeconds(expectedSeconds)));
        Assert.That(harness.Log.GetSnapshot().Count(record => record.Id.Id == 100), Is.EqualTo(1));
    }

    [Test]
    public async Task Send_Busy_BacksOffItsOwnRequestOnly()
    {
        var server = new StubServer(StubServer.Reply(Busy, HttpStatusCode.TooManyRequests), StubServer.Reply(Good));
        using var harness = new TransportHarness(server);
        var busy = harness.SendAsync();
        Assert.That(await harness.SendAsync(), Is.EqualTo(3), "no time passes for the others");
        Assert.That(busy.IsCompleted, Is.False);
        Assert.That(await harness.WaitAsync(busy), Is.EqualTo(3));
    }

    [Test]
    public async Task Send_UnavailableWithRetryAfter_WaitsThatLong()
    {
        var server = new StubServer(StubServer.Reply("", HttpStatusCode.ServiceUnavailable, retryAfter: TimeSpan.FromSeconds(20)), StubServer.Reply(Good));
        using var harness = new TransportHarness(server);
        await harness.WaitAsync(harness.SendAsync());
        Assert.That(server.Times[1] - server.Times[0], Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(20)).And.LessThan(TimeSpan.FromSeconds(25)));
    }

    [Test]
    public async Task Send_RetryAfterOfAnHour_IsNotSatOut()
    {
        var server = new StubServer(StubServer.Reply("", HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromHours(1)));
        using var harness = new TransportHarness(server);
        var failure = await harness.FailureAsync();
        Assert.That((failure as OkxRateLimitException)?.RetryAfter, Is.EqualTo(TimeSpan.FromHours(1)));
        Assert.That(server.Sends, Is.EqualTo(1));
    }

    [Test]
    public async Task Send_Backoff_GrowsAndIsCapped()
    {
        var server = new StubServer(StubServer.Reply("", HttpStatusCode.BadGateway));
        using var harness = new TransportHarness(server, options => (options.MaxRetries, options.MaxRetryDelay) = (10, TimeSpan.FromSeconds(1)));
        await harness.FailureAsync();
        var pauses = server.Times.Zip(server.Times.Skip(1), (a, b) => b - a).ToArray();
        Assert.That(pauses, Is.All.LessThan(TimeSpan.FromSeconds(5)), "without a cap the last of them would be minutes");
        Assert.That(pauses, Is.All.GreaterThan(TimeSpan.Zero));
        Assert.That(harness.Log.GetSnapshot().Count(record => record.Id.Id == 200), Is.EqualTo(10));
    }

    [Test]
    public async Task Send_Outage_OpensTheBreakerAndClosesItAgain()
    {
        var isDown = true;
        var server = new StubServer((request, token) =>
            (isDown ? StubServer.Reply("", HttpStatusCode.BadGateway) : StubServer.Reply(Good))(request, token));
        using var harness = new TransportHarness(server, options => options.MaxRetries = 0);
        // Small steps, or a busy machine lets the breaker's 30 s go by.
        for (var i = 0; i < 20; i++)
            Assert.That((await harness.FailureOfAsync(harness.SendAsync(), stepMs: 1))!.Message, Does.Contain("HTTP 502"));

        var failure = await harness.FailureOfAsync(harness.SendAsync(), stepMs: 1);
        Assert.That(failure, Is.TypeOf<OkxTransportException>());
        Assert.That(failure!.Message, Does.Contain("nothing is sent").And.Contain("HTTP 502"));
        Assert.That(server.Sends, Is.EqualTo(20));
        Assert.That(harness.Log.GetSnapshot().Count(record => record.Id.Id == 201), Is.EqualTo(1));

        isDown = false;
        harness.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.That(await harness.WaitAsync(harness.SendAsync()), Is.EqualTo(3));
        Assert.That(harness.Log.GetSnapshot().Count(record => record.Id.Id == 202), Is.EqualTo(1));
    }

    [Test]
    public async Task Send_BreakerOpenAndRetriesLeft_WaitsForItsEnd()
    {
        var isDown = true;
        var server = new StubServer((request, token) =>
            (isDown ? StubServer.Reply("", HttpStatusCode.BadGateway) : StubServer.Reply(Good))(request, token));
        using var harness = new TransportHarness(server);
        await harness.WaitAsync(Task.WhenAll(Enumerable.Range(0, 5).Select(_ => harness.FailureAsync())));
        isDown = false;
        Assert.That(await harness.WaitAsync(harness.SendAsync()), Is.EqualTo(3));
    }

    [Test]
    public async Task Send_Refusals_NeverOpenTheBreaker([Values("""{"code":"50011","msg":""}""", Busy)] string body)
    {
        var server = new StubServer(StubServer.Reply(body));
        using var harness = new TransportHarness(server, options => options.MaxRetries = 0);
        for (var i = 0; i < 30; i++)
            await harness.FailureAsync();
        Assert.That(server.Sends, Is.EqualTo(30));
    }

    [Test]
    public async Task Send_TwoSharesOfOneBudget_UseOneBucket()
    {
        var server = new StubServer(StubServer.Hang);
        using var whole = new TransportHarness(server);
        using var half = new TransportHarness(server, share: 0.5, limiters: whole.Limiters, clock: whole.Clock);
        using var shutdown = new CancellationTokenSource();
        var calls = new List<Task>();
        for (var i = 0; i < 30; i++)
            calls.Add(half.Transport.SendAsync(half.Request(), shutdown.Token));
        Assert.That(server.Sends, Is.EqualTo(20));
        for (var i = 0; i < 30; i++)
            calls.Add(whole.Transport.SendAsync(whole.Request(), shutdown.Token));
        Assert.That(server.Sends, Is.EqualTo(40));
        Assert.That((whole.Transport.PermitsFor(TransportHarness.Candles), half.Transport.PermitsFor(TransportHarness.Candles)), Is.EqualTo((40, 20)));

        await shutdown.CancelAsync();
        foreach (var call in calls)
            await Assert.ThrowsAsync(Is.InstanceOf<OperationCanceledException>(), async () => await call);
    }

    /// <summary>A body that sends a byte now and then and never ends.</summary>
    private sealed class Drip : Endless
    {
        private int _sent;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_sent++ > 3)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            buffer.Span[0] = (byte)'{';
            return 1;
        }
    }

    /// <summary>A body that comes when it is told to.</summary>
    private sealed class Gate : Endless
    {
        private readonly TaskCompletionSource<byte[]> _body = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _read;

        public void Open(string body) => _body.SetResult(System.Text.Encoding.UTF8.GetBytes(body));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_read)
                return 0;

            var body = await _body.Task.WaitAsync(cancellationToken);
            body.CopyTo(buffer);
            _read = true;
            return body.Length;
        }
    }
}
