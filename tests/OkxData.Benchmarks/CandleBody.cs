using System.Globalization;
using System.Text;

namespace OkxData.Benchmarks;

/// <summary>A reply of daily candles with figures as long as real ones, the same on every run.</summary>
internal static class CandleBody
{
    private const long Newest = 1_785_254_400_000;
    private const long Day = 86_400_000;

    public static byte[] Create(int rows)
    {
        var random = new Random(7);
        var price = 63_972.4m;
        var body = new StringBuilder("""{"code":"0","msg":"","data":[""");
        for (var i = 0; i < rows; i++)
        {
            var open = price;
            var close = decimal.Round(open * (1 + ((decimal)random.NextDouble() - 0.5m) / 20), 1);
            var high = decimal.Round(Math.Max(open, close) * 1.0123m, 1);
            var low = decimal.Round(Math.Min(open, close) * 0.9877m, 1);
            var volume = random.NextInt64(1_000_000_000_000) / 100_000_000m;
            var turnover = decimal.Round(volume * close, 9);
            body.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture,
                $"[\"{Newest - i * Day}\",\"{open}\",\"{high}\",\"{low}\",\"{close}\",\"{volume}\",\"{turnover}\",\"{turnover}\",\"1\"]");
            price = close;
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }
}
