using System.Text;
using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Tickers.Live;

namespace OkxData.Tests.Tickers.Live;

[TestFixture]
internal sealed class TickerSlotTests
{
    private static readonly Ticker Given = new() { Symbol = "BTC-USDT", Price = 1 };

    [Test]
    public void Offer_SameTimeAndContent_IsOld()
    {
        var slot = new TickerSlot("BTC-USDT");

        Assert.That(slot.Offer("a"u8, 5), Is.EqualTo(TickerOffer.First));
        Assert.That(slot.Offer("a"u8, 5), Is.EqualTo(TickerOffer.Old), "while it waits");
        Assert.That(slot.Offer("b"u8, 5), Is.EqualTo(TickerOffer.Replaced));
        Assert.That(TakeFrom(slot), Is.EqualTo(("b", 5L)));
        Assert.That(slot.Offer("b"u8, 5), Is.EqualTo(TickerOffer.Old), "after it was taken");
        Assert.That(slot.Offer("c"u8, 4), Is.EqualTo(TickerOffer.Old));
        Assert.That(slot.Offer("c"u8, 5), Is.EqualTo(TickerOffer.First));
    }

    [Test]
    public void Settle_RowOfNoUse_LetsWhatIsOlderThanItIn()
    {
        var slot = new TickerSlot("BTC-USDT");
        slot.Offer("good"u8, 5);
        slot.Take(out var milliseconds);
        slot.Settle(Given, milliseconds);
        slot.Offer("broken"u8, 900);
        slot.Take(out milliseconds);

        slot.Settle(null, milliseconds);

        Assert.That(slot.Offer("old"u8, 4), Is.EqualTo(TickerOffer.Old));
        Assert.That(slot.Offer("next"u8, 6), Is.EqualTo(TickerOffer.First));
    }

    [Test]
    public void Settle_RowOfNoUseWhileANewerWaits_KeepsThat()
    {
        var slot = new TickerSlot("BTC-USDT");
        slot.Offer("broken"u8, 900);
        slot.Take(out var milliseconds);
        slot.Offer("newer"u8, 901);

        slot.Settle(null, milliseconds);

        Assert.That(slot.Offer("old"u8, 900), Is.EqualTo(TickerOffer.Old));
        Assert.That(TakeFrom(slot), Is.EqualTo(("newer", 901L)));
    }

    [Test]
    public void Withdraw_RowThatWasTakenAsGiven_LetsInWhatIsNewerThanTheOneBefore()
    {
        var slot = new TickerSlot("BTC-USDT");
        foreach (var time in (long[])[5, 900])
        {
            slot.Offer("row"u8, time);
            slot.Take(out var milliseconds);
            slot.Settle(Given, milliseconds);
        }

        slot.Withdraw();

        Assert.That(slot.Offer("old"u8, 4), Is.EqualTo(TickerOffer.Old));
        Assert.That(slot.Offer("next"u8, 6), Is.EqualTo(TickerOffer.First));
    }

    /// <summary>However rows are offered and taken: what is taken never goes back in time, and is the newest news that was offered.</summary>
    [Test]
    public void OffersAndTakes_InAnyOrder_GiveTheNewestAndNeverGoBack() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 9], Gen.Char['a', 'c']).Array[1, 60].Sample(steps =>
        {
            var slot = new TickerSlot("BTC-USDT");
            (string Row, long Time)? newest = null;
            var (isWaiting, last) = (false, -1L);
            foreach (var (take, time, content) in steps)
            {
                if (take)
                {
                    if (!isWaiting)
                        continue;
                    var taken = TakeFrom(slot);
                    if (taken != newest || taken.Time < last)
                        return false;
                    (last, isWaiting) = (taken.Time, false);
                    continue;
                }

                var row = $"{content}{new string('x', time)}";
                var isNews = newest is null || time > newest.Value.Time || (time == newest.Value.Time && row != newest.Value.Row);
                var outcome = slot.Offer(Encoding.UTF8.GetBytes(row), time);
                if (outcome != (!isNews ? TickerOffer.Old : isWaiting ? TickerOffer.Replaced : TickerOffer.First))
                    return false;
                if (isNews)
                    (newest, isWaiting) = ((row, time), true);
            }

            return true;
        }, iter: 2000);

    private static (string Row, long Time) TakeFrom(TickerSlot slot)
    {
        var row = Encoding.UTF8.GetString(slot.Take(out var milliseconds));
        slot.Settle(Given, milliseconds);
        return (row, milliseconds);
    }
}
