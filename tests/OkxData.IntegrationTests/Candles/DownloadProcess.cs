using System.Globalization;
using OkxData.IntegrationTests.Processes;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Candles;

/// <summary>A process of its own that downloads daily candles from the simulator into a folder.</summary>
internal static class DownloadProcess
{
    public static ChildProcess Start(OkxSimulator simulator, string folder, double share, bool limited, DateTimeOffset from, DateTimeOffset to, params IEnumerable<string> symbols) => ChildProcess.Start(
        "download",
        [
            simulator.Name, simulator.BaseAddress.ToString(), folder, Text(simulator.Clock.GetUtcNow()),
            share.ToString(CultureInfo.InvariantCulture), limited ? "limited" : "unlimited", Text(from), Text(to), .. symbols,
        ]);

    private static string Text(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
