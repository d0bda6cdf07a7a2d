using System.Globalization;

namespace OkxData.Testing.Market;

/// <summary>The built-in instruments. Names are familiar; prices, volumes and dates are invented.</summary>
internal static class DefaultSymbols
{
    private const string Founders =
        "BTC:60000 ETH:3000 SOL:150 XRP:0.6 BNB:500 DOGE:0.15 ADA:0.5 TRX:0.12 LTC:90 BCH:400 LINK:15 XLM:0.11 ETC:25 DOT:7 ATOM:9 FIL:6 XTZ:1 "
        + "ALGO:0.2 VET:0.03 THETA:1.5 NEO:14 IOTA:0.25 DASH:35 ZEC:30 QTUM:3 ZIL:0.025 BAT:0.25 ZRX:0.4 ICX:0.2 ONT:0.25 KSM:30 WAVES:2 KNC:0.6";

    private const string Second =
        "AVAX:35 UNI:8 AAVE:100 COMP:55 SNX:3 SUSHI:1.2 YFI:7000 CRV:0.5 GRT:0.2 NEAR:5 HBAR:0.08 EGLD:40 FLOW:0.8 CHZ:0.1 ENJ:0.3 MANA:0.45 "
        + "SAND:0.45 AXS:7 LRC:0.25 1INCH:0.4 STORJ:0.5 UMA:2.5";

    private const string Late = "APT:9:2022-10-19 OP:2:2022-06-01 SUI:1.1:2023-05-03 PEPE:0.00001:2023-05-05 ARB:1.1:2023-03-23 WLD:3:2023-07-24 SEI:0.4:2023-08-16 TIA:8:2023-10-31 JUP:0.9:2024-01-31";

    private static readonly Dictionary<string, decimal> ContractValues = new(StringComparer.Ordinal)
    {
        ["BTC"] = 0.01m,
        ["ETH"] = 0.1m,
        ["SOL"] = 1m,
        ["XRP"] = 100m,
        ["DOGE"] = 1000m,
        ["ADA"] = 100m,
        ["AVAX"] = 1m,
        ["BNB"] = 0.01m,
        ["LTC"] = 1m,
        ["LINK"] = 1m,
    };

    public static decimal ContractValueOf(string currency) => ContractValues.GetValueOrDefault(currency, 1m);

    public static IEnumerable<SimulatedSymbol> All(DateTimeOffset now)
    {
        var pairs = Pairs().ToArray();
        foreach (var pair in pairs)
            yield return pair;
        foreach (var pair in pairs.Where(pair => ContractValues.ContainsKey(pair.Symbol.Split('-')[0])))
            yield return Swap(pair);

        yield return new SimulatedSymbol { Symbol = "BTC-USD-SWAP", Price = 60_000m, ContractValue = 100m, IsInverse = true, ListedAt = Date("2019-12-01") };
        foreach (var expiry in QuarterEnds(now).Take(2))
            yield return Future(expiry);
    }

    private static IEnumerable<SimulatedSymbol> Pairs()
    {
        var rank = 1;
        foreach (var (list, start) in new[] { (Founders, "2018-01-11"), (Second, "2020-09-24"), (Late, "") })
        {
            foreach (var entry in list.Split(' '))
            {
                var parts = entry.Split(':');
                yield return new SimulatedSymbol
                {
                    Symbol = parts[0] + "-USDT",
                    Price = decimal.Parse(parts[1], CultureInfo.InvariantCulture),
                    ListedAt = Date(parts is [_, _, var date] ? date : start).AddHours(parts.Length == 3 ? 10 : 0),
                    DailyTurnover = 400_000_000m / rank++,
                };
            }
        }
    }

    private static SimulatedSymbol Swap(SimulatedSymbol pair) => pair with
    {
        Symbol = pair.Symbol + "-SWAP",
        ContractValue = ContractValueOf(pair.Symbol.Split('-')[0]),
        DailyTurnover = pair.DailyTurnover * 3,
        ListedAt = Later(pair.ListedAt, Date("2019-12-01")),
    };

    private static SimulatedSymbol Future(DateTimeOffset expiry) => new()
    {
        Symbol = "BTC-USD-" + expiry.ToString("yyMMdd", CultureInfo.InvariantCulture),
        Price = 60_000m,
        ContractValue = 100m,
        IsInverse = true,
        ListedAt = expiry.AddDays(-200),
        ExpiryTime = expiry,
    };

    /// <summary>The last Fridays of the quarters, at 08:00 UTC.</summary>
    private static IEnumerable<DateTimeOffset> QuarterEnds(DateTimeOffset now)
    {
        var first = new DateTimeOffset(now.Year, (now.Month - 1) / 3 * 3 + 1, 1, 8, 0, 0, TimeSpan.Zero);
        for (var quarter = 1; quarter <= 3; quarter++)
        {
            var end = first.AddMonths(quarter * 3).AddDays(-1);
            end = end.AddDays(-(((int)end.DayOfWeek - (int)DayOfWeek.Friday + 7) % 7));
            if (end > now)
                yield return end;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static DateTimeOffset Date(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
