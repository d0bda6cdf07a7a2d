using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Http;
using OkxData.Models;
using OkxData.Status;
using OkxData.Tests.Http;

namespace OkxData.Tests.Status;

[TestFixture]
internal sealed class StatusServiceTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 22, 16, 0, 0, TimeSpan.Zero);

    private readonly FakeLogCollector _log = new();

    [SetUp]
    public void SetUp() => _log.Clear();

    [TestCase(10, 120)]
    [TestCase(-30, 120)]
    public async Task Find_WindowsThatOverlap_NamesTheOneThatEndsLast(int firstEnds, int secondEnds)
    {
        var found = await FindAsync(Row("First", -60, firstEnds), Row("Second", -10, secondEnds));

        Assert.That((found?.Title, found?.Until), Is.EqualTo(("Second", (DateTimeOffset?)Start.AddMinutes(secondEnds))));
    }

    [Test]
    public async Task Find_OneOfTwoNamesNoEnd_NoneIsKnown()
    {
        var found = await FindAsync(Row("Ends", -60, 10), Row("Open", -10, null));

        Assert.That((found?.Title, found?.Until), Is.EqualTo(("Open", (DateTimeOffset?)null)));
    }

    [TestCase("""{"title":"T","state":"ongoing","begin":"soon"}""")]
    [TestCase("""{"title":"T","state":"ongoing"}""")]
    [TestCase("""{"title":"T","state":"ongoing","begin":"99999999999999999"}""")]
    [TestCase("""{"title":["T"],"state":"ongoing","begin":"1"}""")]
    [TestCase("null")]
    [TestCase("[]")]
    public async Task Find_RowThatCannotBeRead_IsLeftOutAndTheOthersCount(string broken)
    {
        var found = await FindAsync(broken, Row("Readable", -60, 10));

        Assert.That(found?.Title, Is.EqualTo("Readable"));
        Assert.That(Warnings(), Has.One.Contains("1 row(s)"));
    }

    [TestCase("""{"code":"0","msg":"","data":{}}""")]
    [TestCase("""{"code":"0","msg":"","data":"x"}""")]
    [TestCase("""{"code":"0","msg":""}""")]
    [TestCase("<html>")]
    [TestCase("")]
    public async Task Find_ReplyThatCannotBeRead_IsNoMaintenance(string body)
    {
        Assert.That(await FindInAsync(body), Is.Null);
        Assert.That(_log.GetSnapshot().Select(line => line.Level), Is.EqualTo(new[] { LogLevel.Debug }));
    }

    [Test]
    public async Task Find_TitleWithALineBreak_WritesNoLineOfItsOwn()
    {
        await FindAsync(Row("Upgrade\\r\\nfail: all is lost", -60, 10), """{"title":"a\r\nwarn: b","state":"ongoing"}""");

        Assert.That(Warnings(), Has.Length.EqualTo(2).And.None.Contains("\n").And.None.Contains("\r"));
        Assert.That(Warnings(), Has.One.Contains("Upgrade  fail: all is lost"));
    }

    [Test]
    public async Task Find_EventOfTheOtherEnvironmentOrOver_IsNoMaintenance()
    {
        Assert.That(
            await FindAsync(
                Row("Demo", -60, 10).Replace("\"env\":\"1\"", "\"env\":\"2\"", StringComparison.Ordinal),
                Row("Over", -60, -10).Replace("ongoing", "completed", StringComparison.Ordinal),
                Row("Later", 60, 90).Replace("ongoing", "scheduled", StringComparison.Ordinal)),
            Is.Null);
    }

    [TestCase(-1, 60, true)]
    [TestCase(-1, null, true)]
    [TestCase(1, 60, false)]
    [TestCase(-60, -1, false)]
    public async Task Find_ScheduledWhoseTimeHasCome_IsUnderWayThoughOkxHasNotSaidSo(int begins, int? ends, bool isFound)
    {
        var found = await FindAsync(Row("Upgrade", begins, ends).Replace("ongoing", "scheduled", StringComparison.Ordinal));

        Assert.That((found?.Title, found?.IsOverdue), Is.EqualTo(isFound ? ("Upgrade", (bool?)false) : (null, null)));
    }

    [Test]
    public async Task Find_OngoingPastItsEnd_IsOverdue()
    {
        var found = await FindAsync(Row("Upgrade", -60, -1));

        Assert.That(found, Is.EqualTo(new Maintenance("Upgrade", Start.AddMinutes(-1), IsOverdue: true)));
    }

    private static string Row(string title, int begins, int? ends) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"title":"{{title}}","state":"ongoing","begin":"{{Milliseconds(begins)}}","end":"{{(ends is { } end ? Milliseconds(end) : "")}}","href":"","serviceType":"5","maintType":"1","env":"1","preOpenBegin":""}""");

    private static string Milliseconds(int minutes) => Start.AddMinutes(minutes).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private Task<Maintenance?> FindAsync(params string[] rows) => FindInAsync($$"""{"code":"0","msg":"","data":[{{string.Join(',', rows)}}]}""");

    private async Task<Maintenance?> FindInAsync(string body)
    {
        using var harness = new TransportHarness(new StubServer(StubServer.Reply(body)), clock: new(Start));
        var service = new StatusService(harness.Transport, isDemo: false, CacheMode.Normal, harness.Clock, new FakeLogger<StatusService>(_log));
        return await harness.WaitAsync(service.FindAsync(CancellationToken.None));
    }

    private string[] Warnings() => [.. _log.GetSnapshot().Where(line => line.Level == LogLevel.Warning).Select(line => line.Message)];
}
