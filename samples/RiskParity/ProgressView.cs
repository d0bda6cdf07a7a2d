using System.Globalization;
using OkxData.Models;
using Spectre.Console;

namespace RiskParity;

/// <summary>Shows a download while it runs: a bar on a terminal, a line at every tenth symbol where the output goes to a file or a pipe.</summary>
internal sealed class ProgressView(string title) : IProgress<CandleProgress>
{
    private ProgressTask? _bar;
    private int _symbolsDone;

    /// <summary>Runs a download and shows what it reports.</summary>
    public Task<T> ShowAsync<T>(Func<IProgress<CandleProgress>, Task<T>> download)
    {
        if (Console.IsOutputRedirected)
            return download(this);

        return AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                _bar = context.AddTask(title);
                return download(this);
            });
    }

    public void Report(CandleProgress value)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{title}: {value.SymbolsDone} of {value.SymbolsTotal} symbols, {value.BarsDone:N0} of {value.BarsTotal:N0} days, {value.RequestsSent} requests");
        if (_bar is not null)
        {
            _bar.Description = text;
            _bar.MaxValue = Math.Max(value.BarsTotal, 1);
            _bar.Value = value.BarsTotal == 0 ? 1 : value.BarsDone;
        }
        else if (value.SymbolsDone > _symbolsDone && (value.SymbolsDone % 10 == 0 || value.SymbolsDone == value.SymbolsTotal))
        {
            Console.WriteLine("  " + text);
        }

        _symbolsDone = value.SymbolsDone;
    }
}
