using System.Runtime.InteropServices;
using LiveTicker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OkxData;
using OkxData.Errors;
using OkxData.Models;

const int Ended = 0, Failed = 1, BadArguments = 2;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopCleanly);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopCleanly);
try
{
    var arguments = Arguments.Parse(args);
    if (!arguments.ShowHelp)
        return await ShowAsync(arguments, stop.Token);

    Console.WriteLine(Arguments.Help);
    return Ended;
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
catch (OkxException failure)
{
    Console.Error.WriteLine(failure.Message);
    return Failed;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return Ended;
}

// The first Ctrl-C ends the streams; a second one ends the process at once.
void StopCleanly(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

static async Task<int> ShowAsync(Arguments arguments, CancellationToken cancellationToken)
{
    await using var source = await DataSource.OpenAsync(arguments.Live, cancellationToken);
    using var warnings = new WarningLog();
    await using var client = OkxMarketClient.Create(
        options => options.Caching.Directory = Path.GetFullPath(arguments.Cache ?? DefaultCache()),
        builder =>
        {
            source.Use(builder);
            builder.Services.AddLogging(logging => logging.AddProvider(warnings));
        });
    Console.WriteLine(source.Description);
    using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    try
    {
        var symbols = arguments.Symbols.Count > 0 ? arguments.Symbols : await LargestAsync(client, arguments.Top, cancellationToken);
        if (arguments.For is { } time)
            ending.CancelAfter(time);
        var shown = arguments.Candles is { } bar
            ? await CandlesAsync(client, symbols, bar, arguments.Back, source.Clock, ending.Token)
            : await TickersAsync(client, symbols, source.Clock, ending.Token);
        Console.WriteLine($"Ended after {shown} {(arguments.Candles is null ? "ticker" : "candle")}{(shown == 1 ? "" : "s")}.");
        return Ended;
    }
    finally
    {
        warnings.WriteTo(Console.Error);
    }
}

static async Task<IReadOnlyList<string>> LargestAsync(OkxMarketClient client, int top, CancellationToken cancellationToken)
{
    var ranking = await client.GetMarketCapRankingAsync(new MarketCapQuery { Top = top }, cancellationToken);
    return [.. ranking.Assets.Select(asset => asset.Symbol)];
}

static async Task<long> TickersAsync(OkxMarketClient client, IReadOnlyList<string> symbols, TimeProvider clock, CancellationToken cancellationToken)
{
    var stream = client.StreamTickersAsync(symbols, cancellationToken);
    var board = new Board([.. symbols.Select(symbol => symbol.Replace('/', '-').ToUpperInvariant()).Distinct()], clock);
    using var drawing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    var view = new BoardView(board).ShowAsync(drawing.Token);
    try
    {
        await foreach (var ticker in stream)
            board.Put(ticker);
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        return board.Count;
    }
    finally
    {
        await drawing.CancelAsync();
        await view;
    }

    return board.Count;
}

static async Task<long> CandlesAsync(OkxMarketClient client, IReadOnlyList<string> symbols, BarSize bar, int back, TimeProvider clock, CancellationToken cancellationToken)
{
    var count = 0L;
    var stream = client.StreamCandlesAsync(new CandleStreamQuery { Symbols = symbols, Bar = bar, From = back == 0 ? null : Bars.Before(clock.GetUtcNow(), bar, back) }, cancellationToken);
    Console.WriteLine(CandleView.Heading);
    try
    {
        await foreach (var update in stream)
        {
            CandleView.Write(update);
            count++;
        }
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        return count;
    }

    return count;
}

static string DefaultCache()
{
    var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
    return Path.Combine(home.Length > 0 ? home : Path.GetTempPath(), "OkxData.LiveTicker");
}
