using System.Text;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OkxData.Http;
using OkxData.Streaming;
using OkxData.Tests.Streaming;
using OkxData.Tickers.Live;

namespace OkxData.Tests.Tickers.Live;

[TestFixture]
internal sealed class TickerMailboxTests
{
    [Test]
    public async Task OnPush_ThatIsConflatedAway_AllocatesNothing()
    {
        await using var harness = new StreamHarness();
        var mailbox = new TickerMailbox(["BTC-USDT"], new PushedTimes(new HostClock("okx.test", harness.Clock, harness.Meters, harness.Logs.CreateLogger("Clock")), _ => Task.CompletedTask, harness.Clock), new TickerSignals(harness.Meters, harness.Clock, harness.Logs.CreateLogger("Tickers")));
        byte[][] frames = [.. Enumerable.Range(0, 1000).Select(time => Encoding.UTF8.GetBytes(TickerFrames.Push("BTC-USDT", "29934.1", 1_654_166_073_135 + time)))];
        Pass(mailbox, frames);
        byte[][] later = [.. Enumerable.Range(2000, 1000).Select(time => Encoding.UTF8.GetBytes(TickerFrames.Push("BTC-USDT", "29934.1", 1_654_166_073_135 + time)))];

        var before = GC.GetAllocatedBytesForCurrentThread();
        Pass(mailbox, later);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.LessThan(1000), "bytes for a thousand pushes");
        Assert.That(mailbox.TryTake(out var ticker), Is.True);
        Assert.That(ticker!.Timestamp.ToUnixTimeMilliseconds(), Is.EqualTo(1_654_166_073_135 + 2999));
        Assert.That(mailbox.TryTake(out _), Is.False);
    }

    private static void Pass(TickerMailbox mailbox, byte[][] frames)
    {
        var topic = StreamHarness.Tickers("BTC-USDT");
        foreach (var frame in frames)
        {
            var read = StreamFrame.Read(frame);
            mailbox.OnPush(topic, read.Data);
        }
    }
}
