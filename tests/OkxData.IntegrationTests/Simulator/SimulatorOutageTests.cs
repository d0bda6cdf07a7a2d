using System.Net;
using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class SimulatorOutageTests : SimulatorFixture
{
    [Test]
    public async Task Unavailable_OnAndOff_503ToEverythingThenWell()
    {
        Simulator.Outage = OutageMode.Unavailable;
        using var down = await Client.GetAsync(SimulatorPaths.Status);
        Simulator.Outage = OutageMode.None;
        using var up = await Client.GetAsync(SimulatorPaths.Status);

        Assert.That(down.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await down.Content.ReadAsStringAsync(), Does.Contain("\"50001\""));
        Assert.That(await up.Content.ReadAsStringAsync(), Is.EqualTo("""{"code":"0","msg":"","data":[]}"""));
    }

    [Test]
    public void Close_On_ConnectionsBreak()
    {
        Simulator.Outage = OutageMode.Close;

        Assert.That(() => Client.GetTextAsync(SimulatorPaths.Time), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public void Hang_On_NothingIsAnswered()
    {
        Simulator.Outage = OutageMode.Hang;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.That(() => Client.Http.GetAsync(new Uri(SimulatorPaths.Time, UriKind.Relative), patience.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task DisposeAsync_WhileRequestsHang_CutsThem()
    {
        Simulator.Outage = OutageMode.Hang;
        var hanging = Client.GetTextAsync(SimulatorPaths.Time);
        Assert.That(() => Simulator.TotalRequests, Is.EqualTo(1).After(5).Seconds.PollEvery(5).MilliSeconds);

        await Simulator.DisposeAsync();

        Assert.That(() => hanging, Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task Announce_AWindow_IsShownAndDuringItAllButStatusIs503()
    {
        Simulator.Announce(new MaintenanceWindow { Begin = Noon.AddMinutes(10), End = Noon.AddMinutes(20), Title = "Upgrade" });
        Simulator.Announce(new MaintenanceWindow { Begin = Noon, End = Noon.AddMinutes(20), Environment = "2" });
        Assert.That((await StatesAsync("")).Order(), Is.EqualTo(new[] { "ongoing", "scheduled" }));
        Assert.That(await StatusOfTimeAsync(), Is.EqualTo(HttpStatusCode.OK));

        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That(await StatesAsync(""), Is.All.EqualTo("ongoing"));
        Assert.That(await StatusOfTimeAsync(), Is.EqualTo(HttpStatusCode.ServiceUnavailable));

        Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That(await StatesAsync(""), Is.Empty);
        Assert.That(await StatesAsync("?state=completed"), Has.Length.EqualTo(2));
        Assert.That(await StatusOfTimeAsync(), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Latency_BothWays_TheArrivalIsBetween()
    {
        await Client.GetTextAsync(SimulatorPaths.Time);
        Simulator.Latency = TimeSpan.FromMilliseconds(60);
        var start = TimeProvider.System.GetTimestamp();
        await Client.GetTextAsync(SimulatorPaths.Time);

        Assert.That(TimeProvider.System.GetElapsedTime(start), Is.GreaterThan(TimeSpan.FromMilliseconds(115)));
    }

    [Test]
    public async Task Method_Post_405()
    {
        using var response = await Client.Http.PostAsync(new Uri(SimulatorPaths.Time, UriKind.Relative), null);

        Assert.That((int)response.StatusCode, Is.EqualTo(405));
    }

    [Test]
    public async Task StartAt_NoClock_RunsOnFromThere()
    {
        await using var simulator = await OkxSimulator.StartAsync(options => options.StartAt = Noon);

        Assert.That(simulator.Clock.GetUtcNow() - Noon, Is.LessThan(TimeSpan.FromMinutes(10)).And.GreaterThanOrEqualTo(TimeSpan.Zero));
        Assert.That(simulator.Clock.GetTimestamp(), Is.EqualTo(TimeProvider.System.GetTimestamp()).Within(simulator.Clock.TimestampFrequency * 600));
    }

    private async Task<string[]> StatesAsync(string query) =>
        [.. (await Client.GetDataAsync(SimulatorPaths.Status + query)).Select(window => window.GetProperty("state").GetString()!)];

    private async Task<HttpStatusCode> StatusOfTimeAsync()
    {
        using var response = await Client.GetAsync(SimulatorPaths.Time);
        return response.StatusCode;
    }
}
