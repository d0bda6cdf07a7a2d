using System.Text;

namespace OkxData.Testing.Series;

/// <summary>Random numbers that are a function of where they are asked for, so that any bar can be made without those before it.</summary>
internal static class Noise
{
    private const int Octaves = 12;
    private const double DailyMove = 0.02;

    public static ulong Seed(int seed, string text)
    {
        var hash = Mix((ulong)(uint)seed + 0x9E3779B97F4A7C15);
        foreach (var value in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ value) * 0x100000001B3;
        return Mix(hash);
    }

    public static ulong At(ulong seed, long place, int salt) =>
        Mix(seed ^ Mix((ulong)place * 0x9E3779B97F4A7C15 + (ulong)salt * 0xD1B54A32D192ED03));

    /// <summary>A number in [0, 1).</summary>
    public static double Unit(ulong seed, long place, int salt) => (At(seed, place, salt) >> 11) * (1.0 / (1UL << 53));

    /// <summary>The logarithm of a price at the start of a day: noise of ever longer waves, which wanders like a random walk.</summary>
    public static double LogPrice(ulong seed, long day)
    {
        var sum = 0.0;
        for (var octave = 0; octave < Octaves; octave++)
        {
            var period = 1L << octave;
            var left = Math.DivRem(day, period, out var offset);
            if (offset < 0)
                (left, offset) = (left - 1, offset + period);

            var weight = (double)offset / period;
            var value = Unit(seed, left, octave) * (1 - weight) + Unit(seed, left + 1, octave) * weight;
            sum += (value * 2 - 1) * DailyMove * Math.Sqrt(period);
        }

        return sum;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
