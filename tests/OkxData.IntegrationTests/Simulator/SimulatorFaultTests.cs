using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class SimulatorFaultTests : SimulatorFixture
{
    private const string Query = $"{History}?instId=BTC-USDT&bar=1Dutc&limit=50";

    protected override void Configure(OkxSimulatorOptions options)
    {
        options.Limits.Enabled = false;
        options.Faults.OversizedBytes = 3_000_000;
        options.Faults.DripDuration = TimeSpan.FromMilliseconds(200);
        options.Faults.RetryAfter = TimeSpan.FromSeconds(3);
    }

    [TestCase(FaultKind.InternalServerError, 500, "Internal Server Error")]
    [TestCase(FaultKind.BadGateway, 502, "<html>")]
    [TestCase(FaultKind.ServiceUnavailable, 503, "<html>")]
    [TestCase(FaultKind.Unavailable, 503, "\"code\":\"50001\"")]
    [TestCase(FaultKind.UnavailableInOk, 200, "\"code\":\"50001\"")]
    [TestCase(FaultKind.Busy, 429, "\"code\":\"50013\"")]
    [TestCase(FaultKind.BusyInOk, 200, "\"code\":\"50013\"")]
    [TestCase(FaultKind.SystemError, 500, "\"code\":\"50026\"")]
    [TestCase(FaultKind.SystemErrorInOk, 200, "\"code\":\"50026\"")]
    [TestCase(FaultKind.RateLimited, 429, """{"msg":"Too Many Requests","code":"50011"}""")]
    [TestCase(FaultKind.RateLimitedInOk, 200, """{"msg":"Too Many Requests","code":"50011"}""")]
    [TestCase(FaultKind.RateLimitedNumericCode, 429, "\"code\":50011")]
    [TestCase(FaultKind.TooManyRequests, 429, "Too Many Requests")]
    [TestCase(FaultKind.WrongJson, 200, "unexpected")]
    public async Task FailNext_KindsWithABody_AnswerThatOnce(FaultKind kind, int status, string body)
    {
        Simulator.FailNext(kind);
        using var failed = await Client.GetAsync(Query);
        using var healed = await Client.GetAsync(Query);

        Assert.That((int)failed.StatusCode, Is.EqualTo(status));
        Assert.That(await failed.Content.ReadAsStringAsync(), Does.Contain(body).And.Not.Contain("\"data\""));
        Assert.That((int)healed.StatusCode, Is.EqualTo(200));
        Assert.That(Simulator.Requests.Select(request => request.Fault), Is.EqualTo(new FaultKind?[] { kind, null }));
        Assert.That(Simulator.Requests[0].Status, Is.EqualTo(status));
    }

    [Test]
    public async Task FailNext_RetryAfter_SaysHowLong()
    {
        Simulator.FailNext(FaultKind.TooManyRequestsRetryAfter);
        using var response = await Client.GetAsync(Query);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task FailNext_TruncatedAndEmpty_BodiesEndEarlyButTransfersAreWhole()
    {
        var right = await Client.GetTextAsync(Query);
        Simulator.FailNext(FaultKind.TruncatedJson);
        var truncated = await Client.GetTextAsync(Query);
        Simulator.FailNext(FaultKind.EmptyBody);
        var empty = await Client.GetTextAsync(Query);

        Assert.That(truncated, Has.Length.EqualTo(right.Length / 2));
        Assert.That(right, Does.StartWith(truncated));
        Assert.That(empty, Is.Empty);
    }

    [TestCase(FaultKind.ConnectionReset)]
    [TestCase(FaultKind.ConnectionClosed)]
    [TestCase(FaultKind.CutTransfer)]
    public async Task FailNext_BrokenConnections_ThrowOnAColdOne(FaultKind kind)
    {
        Simulator.FailNext(kind, times: 10);

        Assert.That(() => Client.GetTextAsync(Query), Throws.InstanceOf<HttpRequestException>());
        Simulator.Reset();
        Assert.That(await Client.GetTextAsync(Query), Does.Contain("\"code\":\"0\""));
    }

    [Test]
    public async Task FailNext_ResetOnAWarmConnection_Throws()
    {
        await Client.GetTextAsync(Query);
        Simulator.FailNext(FaultKind.ConnectionReset);

        Assert.That(() => Client.GetTextAsync(Query), Throws.InstanceOf<HttpRequestException>());
        Assert.That(Simulator.Requests.Select(request => request.Status), Is.EqualTo(new[] { 200, 0 }));
    }

    [Test]
    public async Task FailNext_ClosedOnAWarmConnection_IsSentAgainBehindTheCallersBack()
    {
        await Client.GetTextAsync(Query);
        Simulator.Reset();
        Simulator.FailNext(FaultKind.ConnectionClosed);

        Assert.That(await Client.GetTextAsync(Query), Does.Contain("\"code\":\"0\""));
        Assert.That(Simulator.Requests.Select(request => request.Status), Is.EqualTo(new[] { 0, 200 }));
    }

    [Test]
    public async Task FailNext_NoAnswer_HangsUntilTheCallerGivesUp()
    {
        Simulator.FailNext(FaultKind.NoAnswer);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.That(() => Client.Http.GetAsync(new Uri(Query, UriKind.Relative), patience.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Simulator.Requests.Single().Status, Is.Zero);
        Assert.That(await Client.GetTextAsync(Query), Does.Contain("\"code\":\"0\""));
    }

    [Test]
    public async Task FailNext_SlowDrip_WholeReplyInPieces()
    {
        var right = await Client.GetTextAsync(Query);
        Simulator.FailNext(FaultKind.SlowDrip);
        var start = Stopwatch.GetTimestamp();

        Assert.That(await Client.GetTextAsync(Query), Is.EqualTo(right));
        Assert.That(Stopwatch.GetElapsedTime(start), Is.GreaterThan(TimeSpan.FromMilliseconds(150)));
    }

    [Test]
    public async Task FailNext_OversizedBody_HasTheSizeAndCompressesWell()
    {
        Simulator.FailNext(FaultKind.OversizedBody, times: 2);
        var plain = await Client.GetTextAsync(Query);
        using var request = new HttpRequestMessage(HttpMethod.Get, Query);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var response = await Client.Http.SendAsync(request);
        var compressed = await response.Content.ReadAsByteArrayAsync();

        Assert.That(plain, Has.Length.EqualTo(3_000_000));
        Assert.That(compressed, Has.Length.LessThan(100_000));
        Assert.That(JsonDocument.Parse(plain).RootElement.GetProperty("data").GetArrayLength(), Is.EqualTo(50));
    }

    [Test]
    public async Task FailNext_WithAPath_SparesTheOthers()
    {
        Simulator.FailNext(FaultKind.BadGateway, path: Candles);

        Assert.That((int)(await Client.GetAsync(Query)).StatusCode, Is.EqualTo(200));
        Assert.That((int)(await Client.GetAsync(Query.Replace(History, Candles, StringComparison.Ordinal))).StatusCode, Is.EqualTo(502));
    }

    [Test]
    public async Task SetFaults_ThirtyPercent_AboutThatAndTheSameWhateverTheOrder()
    {
        FaultKind[] kinds = [FaultKind.InternalServerError, FaultKind.BadGateway, FaultKind.BusyInOk];
        Simulator.SetFaults(0.3, kinds);
        var first = await FaultsByQueryAsync(Enumerable.Range(1, 300));
        Simulator.Reset();
        var second = await FaultsByQueryAsync(Enumerable.Range(1, 300).Reverse());

        Assert.That(second, Is.EqualTo(first));
        Assert.That(first.Count(pair => pair.Value is not null), Is.InRange(60, 120));
        Assert.That(first.Values.OfType<FaultKind>().Distinct(), Is.EquivalentTo(kinds));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task AcceptEncoding_Offered_ShrinksTheBodyAndKeepsTheBytes(string encoding)
    {
        var plain = await Client.Http.GetByteArrayAsync(new Uri(Query, UriKind.Relative));
        using var request = new HttpRequestMessage(HttpMethod.Get, Query);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        using var response = await Client.Http.SendAsync(request);
        var compressed = await response.Content.ReadAsStreamAsync();
        var unpacked = new MemoryStream();
        await using (var stream = encoding == "gzip" ? (Stream)new GZipStream(compressed, CompressionMode.Decompress) : new BrotliStream(compressed, CompressionMode.Decompress))
            await stream.CopyToAsync(unpacked);

        Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo(new[] { encoding }));
        Assert.That(response.Content.Headers.ContentLength, Is.LessThan(plain.Length / 2 + 500));
        Assert.That(unpacked.ToArray(), Is.EqualTo(plain));
    }

    private async Task<Dictionary<string, FaultKind?>> FaultsByQueryAsync(IEnumerable<int> limits)
    {
        foreach (var limit in limits)
            (await Client.GetAsync($"{History}?instId=BTC-USDT&bar=1H&limit={limit}")).Dispose();
        return Simulator.Requests.ToDictionary(request => request.Query, request => request.Fault);
    }
}
