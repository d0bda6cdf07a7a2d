using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Http;

namespace OkxData.Tests.Http;

/// <summary>Calls that wait for the end of announced maintenance, on virtual time.</summary>
[TestFixture]
internal sealed class MaintenanceWaitTests
{
    private static readonly DateTimeOffset ServerStart = new(2026, 8, 22, 16, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = ServerStart.AddMinutes(10);

    private ServiceProvider _metrics = null!;

    [SetUp]
    public void SetUp() => _metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [TearDown]
    public void TearDown() => _metrics.Dispose();

    [TestCase(0)]
    [TestCase(-3)]
    [TestCase(3)]
    public async Task Send_LocalClockIsHoursOff_AnswersSoonAfterTheEndAllTheSame(int hoursOff)
    {
        var clock = new FakeTimeProvider(ServerStart.AddHours(hoursOff));
        using var harness = Harness(clock, hoursOff, TimeSpan.FromHours(6));

        await harness.WaitAsync(harness.SendAsync(), stepMs: 1000);

        Assert.That(clock.GetUtcNow().AddHours(-hoursOff), Is.InRange(End, End.AddSeconds(30)));
    }

    [Test]
    public async Task Send_MaintenanceOutlastsTheBound_FailsWhenThatIsUp()
    {
        var clock = new FakeTimeProvider(ServerStart);
        using var harness = Harness(clock, 0, TimeSpan.FromMinutes(2));

        var failure = await harness.FailureOfAsync(harness.SendAsync(), stepMs: 1000);

        Assert.That((failure as OkxMaintenanceException)?.Until, Is.EqualTo(End));
        Assert.That(clock.GetUtcNow(), Is.InRange(ServerStart.AddMinutes(2), ServerStart.AddMinutes(2.5)));
    }

    [Test]
    public async Task Send_CancelledWhileItWaits_EndsAtOnce()
    {
        var clock = new FakeTimeProvider(ServerStart);
        using var harness = Harness(clock, 0, TimeSpan.FromHours(6));
        using var source = new CancellationTokenSource();
        var call = harness.SendAsync(source.Token);
        while (clock.GetUtcNow() < ServerStart.AddMinutes(1))
        {
            await ThreadPoolRest.ComeAsync();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(call.IsCompleted, Is.False);
        await source.CancelAsync();

        Assert.That(await harness.FailureOfAsync(call), Is.InstanceOf<OperationCanceledException>());
    }

    private TransportHarness Harness(FakeTimeProvider clock, int hoursOff, TimeSpan bound)
    {
        var hostClock = new HostClock("okx.test", clock, _metrics.GetRequiredService<IMeterFactory>(), new FakeLogger());
        return new TransportHarness(
            new StubServer((_, _) => Task.FromResult(Answer(clock.GetUtcNow().AddHours(-hoursOff)))),
            options => options.WaitForMaintenance = bound,
            clock: clock,
            change: settings => settings with { Clock = hostClock, Announcements = static () => new Announced() });
    }

    private static HttpResponseMessage Answer(DateTimeOffset serverTime)
    {
        var isOver = serverTime >= End;
        var response = new HttpResponseMessage(isOver ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable)
        {
            Content = new StringContent(isOver ? """{"code":"0","msg":"","data":[1]}""" : ""),
        };
        response.Headers.Date = serverTime;
        return response;
    }

    private sealed class Announced : IMaintenanceSource
    {
        public Task<Maintenance?> FindAsync(CancellationToken cancellationToken) => Task.FromResult<Maintenance?>(new Maintenance("Upgrade", End, IsOverdue: false));
    }
}
