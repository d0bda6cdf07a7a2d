using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OkxData.Models;

namespace OkxData.Benchmarks;

/// <summary>Pushes of tickers through the public door, from a socket in memory, on one core.</summary>
internal static class StreamRun
{
    private const int Million = 1_000_000;
    private const int PushesPerSecond = 10_000;
    private const int BytesAllowed = 150;

    private static readonly TimeSpan Paced = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return await MeasureAsync();

        var process = Process.GetCurrentProcess();
        var cores = process.ProcessorAffinity;
        process.ProcessorAffinity = cores & -cores;
        try
        {
            return await MeasureAsync();
        }
        finally
        {
            process.ProcessorAffinity = cores;
        }
    }

    private static async Task<int> MeasureAsync()
    {
        var pump = new TickerPump();
        await using var client = OkxMarketClient.Create(options => options.Caching.Mode = Caching.CacheMode.Off, builder => builder.AddWebSocketConnector(pump));
        await using var reader = client.StreamTickersAsync(Enumerable.Range(0, TickerPump.Symbols).Select(TickerPump.SymbolOf)).GetAsyncEnumerator();
        var first = reader.MoveNextAsync().AsTask();
        await pump.Subscribed;
        pump.Release(1);
        await first;

        // Tiers of compiled code and the growth of pools are not what is measured.
        await EachAsync(pump, reader, 50_000);
        await ConflatedAsync(pump, reader, 50_000);

        var ticker = BytesOfATicker();
        Console.WriteLine($"stream of {TickerPump.Symbols} symbols, one core; a Ticker has {ticker} bytes");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var each = await EachAsync(pump, reader, Million);
        var conflated = await ConflatedAsync(pump, reader, Million);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        var beyond = (double)each.Allocated / Million - ticker;
        Say($"  each one read: {Million / each.Elapsed.TotalSeconds:n0} pushes/s, {beyond:0} bytes a push beyond the Ticker (at most {BytesAllowed} are allowed)");
        Say($"  none read:     {Million / conflated.Elapsed.TotalSeconds:n0} pushes/s, {(double)conflated.Allocated / Million:0.0} bytes a push: those that are conflated away build none");
        Say($"  held after two million pushes: {(after - before) / 1024.0:+0.0;-0.0;0} KB more than before");
        return await PacedAsync(pump, reader) && beyond <= BytesAllowed ? 0 : 1;
    }

    /// <summary>A push is let through when the one before has been read.</summary>
    private static async Task<Measured> EachAsync(TickerPump pump, IAsyncEnumerator<Ticker> reader, int pushes)
    {
        var started = Measured.Start();
        for (var count = 0; count < pushes; count++)
        {
            var next = reader.MoveNextAsync();
            pump.Release(1);
            await next;
        }

        return started.Stop();
    }

    /// <summary>All are let through while nobody reads.</summary>
    private static async Task<Measured> ConflatedAsync(TickerPump pump, IAsyncEnumerator<Ticker> reader, int pushes)
    {
        var last = pump.Pushed + pushes;
        var started = Measured.Start();
        pump.Release(pushes);
        while (pump.Pushed < last)
            await Task.Yield();
        var measured = started.Stop();
        for (var count = 0; count < TickerPump.Symbols; count++)
            await reader.MoveNextAsync();
        return measured;
    }

    /// <summary>As many as they say OKX could push, in small bunches as a network brings them, to a reader that takes what there is.</summary>
    private static async Task<bool> PacedAsync(TickerPump pump, IAsyncEnumerator<Ticker> reader)
    {
        using var stop = new CancellationTokenSource();
        var first = pump.Pushed;
        var (read, behind) = (0L, 0L);
        var reading = Task.Run(async () =>
        {
            for (; await reader.MoveNextAsync(); read++)
            {
                if (stop.IsCancellationRequested)
                    return;
            }
        });

        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        for (var released = 0L; watch.Elapsed < Paced;)
        {
            var due = (long)(watch.Elapsed.TotalSeconds * PushesPerSecond);
            if (due > released)
                pump.Release((int)(due - released));
            released = Math.Max(due, released);
            await Task.Delay(1);
            behind = Math.Max(behind, released - (pump.Pushed - first));
        }

        var share = (Process.GetCurrentProcess().TotalProcessorTime - processor) / watch.Elapsed;
        var pushed = pump.Pushed - first;
        await stop.CancelAsync();
        pump.Release(TickerPump.Symbols);
        await reading;
        Say($"  {PushesPerSecond:n0} pushes/s for {Paced.TotalSeconds:0} s: {pushed:n0} taken, {read:n0} of them read, at most {behind:n0} behind, {share:P0} of the core");
        return behind < PushesPerSecond / 10;
    }

    private static long BytesOfATicker()
    {
        const int Count = 1000;
        var kept = new Ticker[Count];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < Count; index++)
            kept[index] = new Ticker { Symbol = "", Price = index };
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Count;
        GC.KeepAlive(kept);
        return bytes;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private readonly record struct Measured(TimeSpan Elapsed, long Allocated)
    {
        private static readonly Stopwatch Watch = Stopwatch.StartNew();

        public static Measured Start() => new(Watch.Elapsed, GC.GetTotalAllocatedBytes(precise: true));

        public Measured Stop() => new(Watch.Elapsed - Elapsed, GC.GetTotalAllocatedBytes(precise: true) - Allocated);
    }
}
