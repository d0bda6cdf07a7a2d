using System.Globalization;
using NUnit.Framework;

namespace OkxData.IntegrationTests.Caching;

/// <summary>How long the tests go on that can go on for long: OKXDATA_SOAK asks for the long form, OKXDATA_SEED repeats a run's choices.</summary>
internal static class Soak
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("OKXDATA_SOAK") is { Length: > 0 };

    public static T Of<T>(T brief, T full) => IsLong ? full : brief;

    /// <summary>The seed of this run, which the test's output names.</summary>
    public static int Seed()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("OKXDATA_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var chosen)
            ? chosen
            : Environment.TickCount & 0xFFFF;
        TestContext.Out.WriteLine($"seed {seed}");
        return seed;
    }
}
