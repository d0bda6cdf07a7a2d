using System.Globalization;
using OkxData.Models;
using Spectre.Console;

namespace Quickstart;

/// <summary>Shows a download while it runs: bars on a terminal, a line a finished symbol where the output goes to a file or a pipe.</summary>
internal sealed class ProgressView(int symbols) : IProgress<CandleProgress>
{
    private const int MostBarsShown = 20;

    private readonly Dictionary<string, ProgressTask> _tasks = new(StringComparer.Ordinal);
    private ProgressContext? _terminal;
    private ProgressTask? _total;

    /// <summary>The newest report; null before the first.</summary>
    public CandleProgress? Last { get; private set; }

    /// <summary>Runs a download and shows what it reports.</summary>
    public Task<CandleBatch> ShowAsync(Func<Task<CandleBatch>> download)
    {
        if (Console.IsOutputRedirected)
            return download();

        return AnsiConsole.Progress()
            .AutoClear(true)
            .HideCompleted(symbols > MostBarsShown)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(context =>
            {
                _terminal = context;
                _total = context.AddTask("total");
                return download();
            });
    }

    public void Report(CandleProgress value)
    {
        var finished = value.SymbolsDone > (Last?.SymbolsDone ?? 0);
        Last = value;
        if (_terminal is null)
        {
            if (finished)
                Console.WriteLine(Line(value));
            return;
        }

        if (!_tasks.TryGetValue(value.Symbol, out var task))
            _tasks[value.Symbol] = task = _terminal.AddTask(Markup.Escape(value.Symbol));
        Set(task, value.SymbolBarsDone, value.SymbolBarsTotal);
        Set(_total!, value.BarsDone, value.BarsTotal);
        _total!.Description = string.Create(CultureInfo.InvariantCulture, $"{value.SymbolsDone}/{value.SymbolsTotal} symbols, {value.RequestsSent} requests");
    }

    private static void Set(ProgressTask task, long done, long total)
    {
        task.MaxValue = Math.Max(total, 1);
        task.Value = total == 0 ? 1 : done;
    }

    private static string Line(CandleProgress value) => string.Create(
        CultureInfo.InvariantCulture,
        $"  {value.SymbolsDone} of {value.SymbolsTotal} symbols: {value.Symbol} done, {value.BarsDone:N0} of {value.BarsTotal:N0} bars, {value.RequestsSent} requests");
}
