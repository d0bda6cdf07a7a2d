using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OkxData;
using OkxData.Models;
using Quickstart;

const int AllArrived = 0, SomeFailed = 1, BadArguments = 2, Stopped = 130;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopCleanly);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopCleanly);
try
{
    var arguments = Arguments.Parse(args);
    if (!arguments.ShowHelp)
        return await DownloadAsync(arguments, stop.Token);

    Console.WriteLine(Arguments.Help);
    return AllArrived;
}
catch (UsageException refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return BadArguments;
}
catch (ArgumentException refusal)
{
    Console.Error.WriteLine(refusal.Message.Replace($" (Parameter '{refusal.ParamName}')", "", StringComparison.Ordinal));
    return BadArguments;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return Stopped;
}

// The first Ctrl-C lets what has arrived be written; a second one ends the process at once.
void StopCleanly(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

static async Task<int> DownloadAsync(Arguments arguments, CancellationToken cancellationToken)
{
    var cache = Path.GetFullPath(arguments.Cache ?? DefaultCache());
    await using var source = await DataSource.OpenAsync(arguments, cancellationToken);
    using var warnings = new WarningLog();
    await using var client = OkxMarketClient.Create(
        options => options.Caching.Directory = cache,
        builder =>
        {
            source.Use(builder);
            builder.Services.AddLogging(logging => logging.AddProvider(warnings));
        });
    var symbols = arguments.Symbols.Count > 0 ? arguments.Symbols : source.Symbols;
    var view = new ProgressView(symbols.Count);
    var query = new CandleBatchQuery
    {
        Symbols = symbols,
        Bar = arguments.Bar,
        From = new DateTimeOffset(source.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddYears(-arguments.Years),
        Progress = view,
    };

    Console.WriteLine(source.Description);
    var kept = Path.Combine(cache, source.Environment);
    Console.WriteLine($"Cache: {kept}");
    Console.WriteLine($"{symbols.Count} symbols, {arguments.Years} years of {arguments.Bar.ToName()} candles.");
    var watch = Stopwatch.StartNew();
    try
    {
        var batch = await view.ShowAsync(() => client.GetCandlesAsync(query, cancellationToken));
        Report.Show(batch, watch.Elapsed);
        return batch.Failures.Count == 0 ? AllArrived : SomeFailed;
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        Report.ShowStopped(view.Last, kept);
        throw;
    }
    finally
    {
        warnings.WriteTo(Console.Error);
    }
}

static string DefaultCache()
{
    var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
    return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "OkxData.Quickstart");
}
