using System.Globalization;
using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Candles.Archive;

namespace OkxData.TestProcess;

/// <summary>Processes that write and read the same series of one folder for a while; anything that the library warns of ends them with an error.</summary>
internal static class SeriesWorker
{
    /// <summary><c>series-writer &lt;folder&gt; &lt;writer&gt; &lt;writers&gt; &lt;first step&gt; &lt;last step or -1&gt; &lt;seconds&gt;</c>: adds a day a step, each acknowledged by a line.</summary>
    public static async Task<int> WriteAsync(string[] arguments)
    {
        var (folder, writer, writers, until) = (arguments[0], Number(arguments[1]), Number(arguments[2]), Ending(arguments[5]));
        var (archive, last) = (Open(folder), Number(arguments[4]));
        for (var step = Number(arguments[3]); (last < 0 || step <= last) && TimeProvider.System.GetUtcNow() < until; step++)
        {
            var (series, day) = NumberedSeries.StepOf(step, writer, writers);
            await archive.AddAsync(NumberedSeries.AdditionOf(series, day), CancellationToken.None);
            Console.WriteLine(step.ToString(CultureInfo.InvariantCulture));
        }

        return 0;
    }

    /// <summary><c>series-reader &lt;folder&gt; &lt;seconds&gt;</c>: reads the series in turn; a day that was there once must stay. Ends with the number of reads and the longest of them.</summary>
    public static async Task<int> ReadAsync(string[] arguments)
    {
        var (archive, until) = (Open(arguments[0]), Ending(arguments[1]));
        var seen = Enumerable.Range(0, NumberedSeries.Count).Select(_ => new HashSet<int>()).ToArray();
        var (reads, longest) = (0, TimeSpan.Zero);
        for (; TimeProvider.System.GetUtcNow() < until; reads++)
        {
            var series = reads % NumberedSeries.Count;
            var started = TimeProvider.System.GetTimestamp();
            var held = await archive.LoadAsync(NumberedSeries.KeyOf(series), NumberedSeries.AllDays, CancellationToken.None);
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, TimeProvider.System.GetElapsedTime(started).Ticks));
            var days = NumberedSeries.DaysOf(series, held.Candles.Span);
            if (!days.IsSupersetOf(seen[series]))
                throw new InvalidDataException($"{NumberedSeries.KeyOf(series)} has lost days that were there before.");
            seen[series] = days;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reads} {longest.TotalMilliseconds:F0}"));
        return 0;
    }

    public static CandleArchive Open(string folder)
    {
        var log = new Strict();
        return new CandleArchive(new GuardedCacheStore(new FileCacheStore(folder, log), log), "test", CandleFormat.Parquet, TimeProvider.System, log);
    }

    private static DateTimeOffset Ending(string seconds) => TimeProvider.System.GetUtcNow().AddSeconds(Number(seconds));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed class Strict : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // It cannot be thrown: the library takes what a store throws for a failure of the disk.
            Console.Error.WriteLine(formatter(state, exception));
            Environment.Exit(3);
        }
    }
}
