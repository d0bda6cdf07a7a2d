using NUnit.Framework;
using OkxData.Http;

namespace OkxData.Tests.Http;

internal sealed class ResilienceOptionsRulesTests
{
    [Test]
    public void Check_Defaults_AreFine() => Assert.That(ResilienceOptionsRules.Check(new ResilienceOptions()), Is.Empty);

    [Test]
    public void Check_OutOfRange_NamesKeyValueAndRange()
    {
        (Action<ResilienceOptions> Set, string Key, string Value)[] cases =
        [
            (options => options.MaxRetries = 11, "MaxRetries", "11"),
            (options => options.MaxRetries = -1, "MaxRetries", "-1"),
            (options => options.RetryDelay = TimeSpan.Zero, "RetryDelay", "00:00:00"),
            (options => options.MaxRetryDelay = TimeSpan.FromHours(1), "MaxRetryDelay", "01:00:00"),
            (options => options.AttemptTimeout = TimeSpan.FromMilliseconds(1), "AttemptTimeout", "00:00:00.0010000"),
            (options => options.MaxResponseBytes = 0, "MaxResponseBytes", "0"),
            (options => options.BreakDuration = TimeSpan.FromDays(2), "BreakDuration", "2.00:00:00"),
        ];
        foreach (var (set, key, value) in cases)
        {
            var options = new ResilienceOptions();
            set(options);
            Assert.That(ResilienceOptionsRules.Check(options), Has.Some.StartsWith($"Resilience.{key} is {value}; it must be from "), key);
        }
    }

    [Test]
    public void Check_DelayOverItsMaximum_IsSaidSo()
    {
        var options = new ResilienceOptions { RetryDelay = TimeSpan.FromSeconds(9) };
        Assert.That(ResilienceOptionsRules.Check(options).Single(), Does.Contain("MaxRetryDelay").And.Contain("RetryDelay"));
    }

    [Test]
    public async Task Pipeline_AtTheEdgesOfTheRanges_CanBeBuilt([Values(0, 10)] int retries, [Values] bool long_)
    {
        using var harness = new TransportHarness(new StubServer(StubServer.Reply("""{"code":"0","data":[]}""")), options =>
        {
            options.MaxRetries = retries;
            options.RetryDelay = long_ ? TimeSpan.FromMinutes(1) : TimeSpan.FromMilliseconds(1);
            options.MaxRetryDelay = long_ ? TimeSpan.FromMinutes(10) : TimeSpan.FromMilliseconds(1);
            options.AttemptTimeout = long_ ? TimeSpan.FromMinutes(10) : TimeSpan.FromMilliseconds(10);
            options.BreakDuration = long_ ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(500);
        });
        Assert.That(await harness.SendAsync(), Is.Zero);
    }
}
