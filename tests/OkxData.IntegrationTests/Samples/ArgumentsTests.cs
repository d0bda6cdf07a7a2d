using NUnit.Framework;
using OkxData.Models;
using Quickstart;

namespace OkxData.IntegrationTests.Samples;

[TestFixture]
public sealed class ArgumentsTests
{
    [Test]
    public void Parse_Nothing_GivesTheDefaults()
    {
        var arguments = Arguments.Parse([]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arguments.Symbols, Is.Empty);
            Assert.That(arguments.Years, Is.EqualTo(5));
            Assert.That(arguments.Bar, Is.EqualTo(BarSize.OneDay));
            Assert.That(arguments.Cache, Is.Null);
            Assert.That(arguments.Live, Is.False);
            Assert.That(arguments.Recorded, Is.Null);
        }
    }

    [Test]
    public void Parse_EveryOption_IsTaken()
    {
        var arguments = Arguments.Parse(["--symbols", "btc/usdt, ETH-USDT", "--years", "3", "--bar", "4H", "--cache", "data", "--recorded", "rows"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arguments.Symbols, Is.EqualTo(new[] { "btc/usdt", "ETH-USDT" }));
            Assert.That(arguments.Years, Is.EqualTo(3));
            Assert.That(arguments.Bar, Is.EqualTo(BarSize.FourHours));
            Assert.That(arguments.Cache, Is.EqualTo("data"));
            Assert.That(arguments.Recorded, Is.EqualTo("rows"));
        }
    }

    [TestCase("1m", BarSize.OneMinute)]
    [TestCase("1M", BarSize.OneMonth)]
    [TestCase("1D", BarSize.OneDay)]
    [TestCase("12h", BarSize.TwelveHours)]
    public void Parse_Bar_TellsMinutesFromMonths(string text, BarSize expected) =>
        Assert.That(Arguments.Parse(["--bar", text]).Bar, Is.EqualTo(expected));

    [Test]
    public void Parse_EveryNamedBar_IsFoundAgain() =>
        Assert.That(Enum.GetValues<BarSize>().Select(bar => Arguments.Parse(["--bar", bar.ToName()]).Bar), Is.EqualTo(Enum.GetValues<BarSize>()));

    [TestCase("'--frobnicate' is not an option", "--frobnicate")]
    [TestCase("'BTC-USDT' is not an option", "BTC-USDT")]
    [TestCase("--symbols needs a value", "--symbols")]
    [TestCase("--years needs a value", "--years", "--live")]
    [TestCase("--cache is empty", "--cache", " ")]
    [TestCase("--symbols 'BTC-USDT,,ETH-USDT' has an empty symbol", "--symbols", "BTC-USDT,,ETH-USDT")]
    [TestCase("--years 'five'", "--years", "five")]
    [TestCase("--years '0'", "--years", "0")]
    [TestCase("--years '21'", "--years", "21")]
    [TestCase("--years '-3'", "--years", "-3")]
    [TestCase("--years '1.5'", "--years", "1.5")]
    [TestCase("--bar '3M'", "--bar", "3M")]
    [TestCase("exclude each other", "--live", "--recorded", "rows")]
    public void Parse_NonsenseInALine_SaysInOneLineWhatIsWrong(string expected, params string[] line)
    {
        var refusal = Assert.Throws<UsageException>(() => Arguments.Parse(line));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal!.Message, Does.Contain(expected));
            Assert.That(refusal.Message, Does.Not.Contain("\n"));
        }
    }
}
