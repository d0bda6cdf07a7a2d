using System.Globalization;
using OkxData.Models;
using Spectre.Console;

namespace LiveTicker;

/// <summary>Shows a board: redrawn in place on a terminal, lines where the output goes to a file or a pipe.</summary>
internal sealed class BoardView(Board board)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Line = TimeSpan.FromSeconds(1);

    /// <summary>Runs until it is cancelled.</summary>
    public Task ShowAsync(CancellationToken cancellationToken) => Console.IsOutputRedirected
        ? EveryAsync(Line, WriteLines, cancellationToken)
        : AnsiConsole.Live(TableOf()).StartAsync(context => EveryAsync(Redraw, () => context.UpdateTarget(TableOf()), cancellationToken));

    private static async Task EveryAsync(TimeSpan interval, Action show, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(interval);
        while (!cancellationToken.IsCancellationRequested)
        {
            show();
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                show();
            }
        }
    }

    private void WriteLines()
    {
        foreach (var ticker in board.TakeChanged())
            Console.WriteLine($"{ticker.Timestamp:HH:mm:ss} {ticker.Symbol,-16} {PriceOf(ticker),14} {ChangeOf(ticker),9} {VolumeOf(ticker),16} {AgeOf(ticker),7}");
    }

    private Table TableOf()
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("Symbol", column => column.NoWrap());
        foreach (var heading in new[] { "Price", "Since 00:00 UTC", "24 h volume", "Age" })
            table.AddColumn(heading, column => column.RightAligned().NoWrap());
        foreach (var (symbol, ticker) in board.Rows())
        {
            if (ticker is null)
                table.AddRow(new Text(symbol), new Text("…"));
            else
                table.AddRow(new Text(symbol), new Text(PriceOf(ticker)), new Text(ChangeOf(ticker), ColourOf(ticker)), new Text(VolumeOf(ticker)), new Text(AgeOf(ticker)));
        }

        return table.Caption(string.Create(CultureInfo.InvariantCulture, $"{board.Count:N0} tickers; Ctrl-C ends"));
    }

    private static string PriceOf(Ticker ticker) => ticker.Price.ToString("#,0.##########", CultureInfo.InvariantCulture);

    private static decimal? RatioOf(Ticker ticker) => ticker.OpenUtcDay is { } open and not 0 ? (ticker.Price / open) - 1 : null;

    private static string ChangeOf(Ticker ticker) => RatioOf(ticker)?.ToString("+0.00%;-0.00%;0.00%", CultureInfo.InvariantCulture) ?? "-";

    private static Style ColourOf(Ticker ticker) => RatioOf(ticker) switch
    {
        > 0 => new Style(Color.Green),
        < 0 => new Style(Color.Red),
        _ => Style.Plain,
    };

    // In quote currency where OKX gives that, and in base currency for derivatives.
    private static string VolumeOf(Ticker ticker)
    {
        var parts = ticker.Symbol.Split('-');
        return ticker.Volume24h is { } quote ? $"{Short(quote)} {parts[1]}" : ticker.BaseVolume24h is { } own ? $"{Short(own)} {parts[0]}" : "-";
    }

    private static string Short(decimal figure) => figure switch
    {
        >= 1_000_000_000 => (figure / 1_000_000_000).ToString("0.00 'B'", CultureInfo.InvariantCulture),
        >= 1_000_000 => (figure / 1_000_000).ToString("0.00 'M'", CultureInfo.InvariantCulture),
        >= 1_000 => (figure / 1_000).ToString("0.0 'k'", CultureInfo.InvariantCulture),
        _ => figure.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private string AgeOf(Ticker ticker) => board.AgeOf(ticker).TotalSeconds.ToString("0.0 's'", CultureInfo.InvariantCulture);
}
