using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.RateLimiting;

namespace OkxData.Tests.RateLimiting;

internal sealed class ProcessRateLimiterFactoryTests
{
    private static readonly RateLimitBucket Candles = new("www.okx.com", "/api/v5/market/candles", "", new(40, TimeSpan.FromSeconds(2)));

    [Test]
    public void Create_SameBucketAndClock_IsTheSameLimiter()
    {
        var factory = new ProcessRateLimiterFactory();
        var clock = new FakeTimeProvider();
        var limiter = factory.Create(Candles, clock);

        Assert.That(factory.Create(Candles with { }, clock), Is.SameAs(limiter));
        Assert.That(factory.Create(Candles with { Quota = new(1, TimeSpan.FromSeconds(9)) }, clock), Is.SameAs(limiter), "two opinions on a budget are one budget");
    }

    [Test]
    public void Create_AnotherHostEndpointScopeOrClock_IsAnotherLimiter()
    {
        var factory = new ProcessRateLimiterFactory();
        var clock = new FakeTimeProvider();
        PausableRateLimiter[] limiters =
        [
            factory.Create(Candles, clock),
            factory.Create(Candles with { Host = "eea.okx.com" }, clock),
            factory.Create(Candles with { Endpoint = "/api/v5/market/history-candles" }, clock),
            factory.Create(Candles with { Scope = "SPOT" }, clock),
            factory.Create(Candles, new FakeTimeProvider()),
        ];
        Assert.That(limiters.Distinct().Count(), Is.EqualTo(limiters.Length));
    }

    [Test]
    public void Create_ManyAtOnce_MakesOne()
    {
        var factory = new ProcessRateLimiterFactory();
        var limiters = new PausableRateLimiter[64];
        Parallel.For(0, limiters.Length, i => limiters[i] = factory.Create(Candles, TimeProvider.System));
        Assert.That(limiters.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Check_Share_NamesKeyValueAndRange([Values(0, -1, 1.01, double.NaN, double.PositiveInfinity)] double share)
    {
        var findings = RateLimitingOptionsRules.Check(new RateLimitingOptions { Share = share }).ToArray();
        Assert.That(findings, Has.Length.EqualTo(1));
        Assert.That(findings[0], Does.Contain("RateLimiting.Share").And.Contain("at most 1"));
        Assert.That(RateLimitingOptionsRules.Check(new RateLimitingOptions()), Is.Empty);
    }
}
