using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OkxData;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Panels;
using RiskParity;

const int Done = 0, Failed = 1, BadArguments = 2, Stopped = 130;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopCleanly);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopCleanly);
try
{
    var arguments = Arguments.Parse(args);
    if (!arguments.ShowHelp)
        return await RunAsync(arguments, stop.Token);

    Console.WriteLine(Arguments.Help);
    return Done;
}
catch (UsageException refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return BadArguments;
}
catch (Exception failure) when (failure is OkxException or InvalidOperationException)
{
    Console.Error.WriteLine(failure.Message);
    return Failed;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.WriteLine("Stopped; the candles that arrived are kept.");
    return Stopped;
}

// The first Ctrl-C lets what has arrived be written; a second one ends the process at once.
void StopCleanly(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
{
    var folder = OutputFolder(arguments.Out);
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
    Console.WriteLine(source.Description);
    Console.WriteLine($"Cache: {cache}");
    var watch = Stopwatch.StartNew();
    try
    {
        return await BacktestAsync(client, source.Clock.GetUtcNow(), arguments, folder, watch, cancellationToken);
    }
    finally
    {
        warnings.WriteTo(Console.Error);
    }
}

static async Task<int> BacktestAsync(OkxMarketClient client, DateTimeOffset now, Arguments arguments, string folder, Stopwatch watch, CancellationToken cancellationToken)
{
    var from = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddYears(-arguments.Years);
    var universe = arguments.ByTurnover
        ? await new ProgressView("Ranking").ShowAsync(progress => TurnoverUniverse.SelectAsync(client, from, arguments.Top, progress, cancellationToken))
        : await Universe.ByMarketCapAsync(client, from, arguments.Top, cancellationToken);
    Report.ShowUniverse(universe);

    var batch = await new ProgressView("Candles").ShowAsync(progress => client.GetCandlesAsync(
        new CandleBatchQuery { Symbols = [.. universe.Symbols.Append(universe.Bitcoin)], From = universe.From, Progress = progress }, cancellationToken));
    Report.ShowCoverage(batch);
    if (!batch.Series.TryGetValue(universe.Bitcoin, out var bitcoin))
        throw batch.Failures[universe.Bitcoin];

    var prices = CandleBatch.Create(batch.Series.Values.Where(series => universe.Symbols.Contains(series.Symbol))).ToPanel();
    var rebalances = Strategy.EqualRiskAt(prices, Strategy.MonthStarts(prices));
    if (rebalances.Count == 0)
        throw new InvalidOperationException($"No asset has {Strategy.WindowDays} days before the first of a month; ask for more --years.");
    EquityCurve[] curves =
    [
        Backtest.Run("Risk parity", prices, rebalances),
        Backtest.Run("Equal weight", prices, Strategy.EqualWeight(rebalances)),
        Backtest.Run("Bitcoin", CandleBatch.Create([bitcoin]).ToPanel(), Strategy.Hold(universe.Bitcoin, rebalances[0].At)),
    ];
    Report.ShowWeights(rebalances);
    Report.ShowCurves(curves);

    var (picture, weights) = (Path.Combine(folder, "risk-parity.png"), Path.Combine(folder, "weights.csv"));
    Picture.Save(picture, $"Risk parity of {universe.Symbols.Count} assets, rebalanced monthly", curves);
    await WeightsFile.WriteAsync(weights, rebalances, cancellationToken);
    Console.WriteLine($"Written: {picture}");
    Console.WriteLine($"Written: {weights}");
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{batch.Series.Count} symbols, {batch.Series.Values.Sum(series => (long)series.Count):N0} candles: {universe.RequestsSent + batch.RequestsSent} page requests in {watch.Elapsed.TotalSeconds:0.0} s."));
    return batch.Failures.Count == 0 ? Done : Failed;
}

static string OutputFolder(string path)
{
    try
    {
        return Directory.CreateDirectory(path).FullName;
    }
    catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
    {
        throw new UsageException($"--out '{path}' is not a folder that can be written: {failure.Message}");
    }
}

static string DefaultCache()
{
    var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
    return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "OkxData.RiskParity");
}
