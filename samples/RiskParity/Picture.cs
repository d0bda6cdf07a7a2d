using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace RiskParity;

/// <summary>Draws equity curves over time, on a logarithmic axis, so that the same slope is the same growth.</summary>
internal static class Picture
{
    private static readonly double[] Coarse = [1, 2, 5], Fine = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];

    public static void Save(string path, string title, IReadOnlyList<EquityCurve> curves)
    {
        using var plot = new Plot();
        foreach (var curve in curves)
        {
            var line = plot.Add.ScatterLine(Array.ConvertAll(curve.Times, time => time.UtcDateTime), Array.ConvertAll(curve.Values, Math.Log10));
            line.LegendText = string.Create(CultureInfo.InvariantCulture, $"{curve.Name}: {curve.GrowthPerYear:+0%;-0%} a year, worst loss {curve.WorstDrawdown:0%}");
            line.LineWidth = 2;
        }

        plot.Title(title, size: 20);
        plot.YLabel("value of 1 USDT (log scale)", size: 14);
        plot.Axes.DateTimeTicksBottom().TickGenerator = new DateTimeAutomatic { LabelFormatter = time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        plot.Axes.Left.TickGenerator = LogTicks(curves.Min(curve => curve.Values.Min()), curves.Max(curve => curve.Values.Max()));
        plot.Axes.Margins(horizontal: 0.01, vertical: 0.08);
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.12);
        plot.ShowLegend(Edge.Bottom).Legend.FontSize = 14;
        plot.SavePng(path, 1200, 720);
    }

    /// <summary>Ticks at round multiples of powers of ten, more of them where the curves span less than one.</summary>
    private static NumericManual LogTicks(double low, double high)
    {
        var steps = high < 10 * low ? Fine : Coarse;
        var ticks = new NumericManual();
        for (var power = (int)Math.Floor(Math.Log10(low)) - 1; power <= Math.Log10(high) + 1; power++)
        {
            foreach (var step in steps)
            {
                var value = step * Math.Pow(10, power);
                ticks.AddMajor(Math.Log10(value), value.ToString("#,0.######", CultureInfo.InvariantCulture));
            }
        }

        return ticks;
    }
}
