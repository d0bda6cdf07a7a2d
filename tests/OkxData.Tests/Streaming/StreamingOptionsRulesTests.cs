using NUnit.Framework;
using OkxData.Streaming;

namespace OkxData.Tests.Streaming;

[TestFixture]
internal sealed class StreamingOptionsRulesTests
{
    [Test]
    public void Check_Defaults_AreFine() => Assert.That(StreamingOptionsRules.Check(new StreamingOptions()), Is.Empty);

    [TestCase(nameof(StreamingOptions.PingAfter))]
    [TestCase(nameof(StreamingOptions.DeadAfter))]
    [TestCase(nameof(StreamingOptions.ConnectTimeout))]
    [TestCase(nameof(StreamingOptions.ReconnectDelay))]
    [TestCase(nameof(StreamingOptions.MaxReconnectDelay))]
    [TestCase(nameof(StreamingOptions.InterruptedAfter))]
    [TestCase(nameof(StreamingOptions.MissingCandleAfter))]
    public void Check_SpanOutOfRange_IsNamedWithItsValue(string key)
    {
        var property = typeof(StreamingOptions).GetProperty(key)!;
        foreach (var span in new[] { TimeSpan.Zero, TimeSpan.FromSeconds(-1), TimeSpan.FromDays(1.5) })
        {
            var options = new StreamingOptions();
            property.SetValue(options, span);

            Assert.That(StreamingOptionsRules.Check(options), Has.Some.Contains($"Streaming.{key} is {span:c}"));
        }
    }

    [Test]
    public void Check_SpansThatContradict_AreNamed()
    {
        var options = new StreamingOptions { PingAfter = TimeSpan.FromSeconds(30), ReconnectDelay = TimeSpan.FromMinutes(1) };

        Assert.That(StreamingOptionsRules.Check(options).ToList(), Has.Count.EqualTo(2)
            .And.One.Contains("Streaming.PingAfter is 00:00:30; it must be less than Streaming.DeadAfter")
            .And.One.Contains("Streaming.ReconnectDelay is 00:01:00; it must not be more than Streaming.MaxReconnectDelay"));
    }
}
