using System.Text.Json;
using CsCheck;
using NUnit.Framework;
using OkxData.Models;

namespace OkxData.Tests.Models;

[TestFixture]
public sealed class SymbolsTests
{
    private static readonly string[] Refused =
    [
        "../x", "..", "../../etc/passwd", "BTC-..", "BTC-../USDT", "BTC-USDT/..", "/BTC-USDT", "BTC-USDT/", "\\\\host\\share", "C:\\BTC-USDT", "BTC\\USDT", "~/BTC-USDT", "file:///BTC-USDT",
        "BTC USDT", " BTC-USDT", "BTC-USDT ", "BTC- USDT", "BTC-USDT\n", "\tBTC-USDT", "BTC\u00a0USDT", "BTC-USDT\u2028",
        "BTC-USDT\0", "\0", "BTC-\u0007USDT", "BTC-USDT\u001b[31m", "BTC-USDT\r\nHost: x", "BTC-USDT\u007f", "BTC-USDT\u202e", "\u202eTDSU-CTB", "BTC-USDT\u200b", "\ufeffBTC-USDT",
        "BTC", "BTC-", "-USDT", "-", "--", "BTC--USDT", "BTC-USDT-", "BTC_USDT", "BTCUSDT", "BTC-.", "BTC-USDT.", "BTC-USDT..", "BTC-_", ".BTC-USDT", "_BTC-USDT",
        "ВТС-USDT", "BTC-USDТ", "ΒTC-USDT", "ＢＴＣ-USDT", "BTC‐USDT", "BTC–USDT", "BTC−USDT", "BTC∕USDT", "BTC-USDT\u0301", "b\u0131t-usdt", "u\u017fdt-btc", "\u212aSM-USDT", "BTC-U\u00dfDT", "😀-USDT", "BTC-\ud800", "١-USDT",
        "CON", "NUL", "COM1", "LPT1", "AUX", "CON.parquet", "BTC-USDT:stream", "BTC-USDT::$DATA",
        "BTC-USDT?limit=1", "BTC-USDT&bar=1m", "BTC-USDT#", "BTC%2FUSDT", "BTC-USDT;", "BTC-USDT|x", "BTC-USDT*", "BTC-'USDT'", "\"BTC-USDT\"", "<BTC>-USDT", "$BTC-USDT", "BTC,USDT", "BTC=USDT", "BTC+USDT", "{BTC}-USDT", "BTC@USDT", "BTC-USDT`",
    ];

    [TestCase("BTC-USDT", "BTC-USDT")]
    [TestCase("btc/usdt", "BTC-USDT")]
    [TestCase("btc-usdt", "BTC-USDT")]
    [TestCase("1inch-usdt", "1INCH-USDT")]
    [TestCase("BTC-USD_UM-SWAP", "BTC-USD_UM-SWAP")]
    [TestCase("btc/usdt/swap", "BTC-USDT-SWAP")]
    [TestCase("BTC-USD-260925", "BTC-USD-260925")]
    [TestCase("BTC-USD-260925-100000-C", "BTC-USD-260925-100000-C")]
    [TestCase("XRP-USD-260925-0.5-P", "XRP-USD-260925-0.5-P")]
    [TestCase("I-USDT", "I-USDT")]
    public void Normalize_Symbol_IsOkxsForm(string symbol, string expected) =>
        Assert.That(Symbols.Normalize(symbol, nameof(symbol)), Is.EqualTo(expected));

    [TestCase("tr-TR")]
    [TestCase("az-Latn-AZ")]
    public void Normalize_TurkishCulture_IsTheSame(string culture)
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo(culture);
            Assert.That(Symbols.Normalize("1inch-fil", "symbol"), Is.EqualTo("1INCH-FIL"));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [TestCaseSource(nameof(Refused))]
    public void Normalize_AnythingElse_ThrowsAndNamesTheValueInPlainText(string symbol)
    {
        var thrown = Assert.Throws<ArgumentException>(() => Symbols.Normalize(symbol, "symbol"));

        Assert.That(thrown!.ParamName, Is.EqualTo("symbol"));
        Assert.That(thrown.Message, Does.Contain("BTC-USDT").And.Matches("^[ -~…]*$"));
    }

    [Test]
    public void Normalize_NoText_Throws()
    {
        Assert.That(() => Symbols.Normalize(null, "Symbol"), Throws.ArgumentNullException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("Symbol"));
        foreach (var empty in new[] { "", " ", "\t\r\n", "\u2003" })
            Assert.That(() => Symbols.Normalize(empty, "Symbol"), Throws.ArgumentException.With.Message.Contains("empty").And.Message.Matches("^[ -~]*$"));
    }

    [TestCase(64)]
    [TestCase(65)]
    [TestCase(100_000)]
    public void Normalize_LongText_IsMeasuredAndCutInTheMessage(int length)
    {
        var symbol = "A-B" + string.Concat(Enumerable.Repeat("-\n", length))[..(length - 3)];

        var thrown = Assert.Throws<ArgumentException>(() => Symbols.Normalize(symbol, "symbol"));

        Assert.That(thrown!.Message, Has.Length.LessThan(700).And.Not.Contains("\n"));
        if (length > 64)
            Assert.That(thrown.Message, Does.Contain($"{length} characters"));
    }

    [Test]
    public void Normalize_AnyText_IsRefusedOrSafeInPathsAndAddresses() =>
        Gen.OneOf(Gen.String[0, 12], Gen.String[Gen.Char["BTCusdt019-/_. \\:%\n\u017f\u0131"], 0, 24]).Sample(symbol =>
        {
            string normalized;
            try
            {
                normalized = Symbols.Normalize(symbol, "symbol");
            }
            catch (ArgumentException)
            {
                return true;
            }

            return normalized.All(c => c is (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.')
                && !normalized.Contains("..", StringComparison.Ordinal) && normalized[^1] != '.' && normalized.Length == symbol.Length
                && Uri.EscapeDataString(normalized) == normalized && Symbols.Normalize(normalized, "symbol") == normalized;
        }, iter: 200_000);

    [TestCase("BTC-USDT", InstrumentType.Spot)]
    [TestCase("BTC-USDT-SWAP", InstrumentType.Swap)]
    [TestCase("BTC-USD_UM-SWAP", InstrumentType.Swap)]
    [TestCase("BTC-USD-260925", InstrumentType.Futures)]
    [TestCase("BTC-USD-260925-100000-C", InstrumentType.Option)]
    [TestCase("BTC-USD-260925-100000-X", InstrumentType.Unknown)]
    [TestCase("BTC", InstrumentType.Unknown)]
    public void TypeOf_Symbol_IsWhatOkxsNamingTells(string symbol, InstrumentType expected) =>
        Assert.That(Symbols.TypeOf(symbol), Is.EqualTo(expected));

    [TestCase("BTC-USDT", "BTC", "USDT")]
    [TestCase("BTC-USD_UM-SWAP", "BTC", "USD")]
    [TestCase("ETH-USDC-260925", "ETH", "USDC")]
    public void Currencies_Symbol_AreBaseAndQuote(string symbol, string baseCurrency, string quoteCurrency) =>
        Assert.That(Symbols.Currencies(symbol), Is.EqualTo((baseCurrency, quoteCurrency)));

    [TestCase("instruments-spot.json", InstrumentType.Spot)]
    [TestCase("instruments-spot-2022-05-13.json", InstrumentType.Spot)]
    [TestCase("instruments-swap.json", InstrumentType.Swap)]
    public void Normalize_EveryRecordedInstrument_IsTakenAsItIs(string file, InstrumentType type)
    {
        using var document = JsonDocument.Parse(RecordedData.ReadBytes("payloads", file));
        var symbols = document.RootElement.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("instId").GetString()!).ToList();

        Assert.That(symbols, Is.Not.Empty);
        Assert.That(symbols.Select(symbol => Symbols.Normalize(symbol, "symbol")), Is.EqualTo(symbols));
        Assert.That(symbols.Select(Symbols.TypeOf), Has.All.EqualTo(type));
    }
}
