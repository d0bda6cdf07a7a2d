using System.Globalization;

namespace RiskParity;

/// <summary>What the command line asks for. Pure: nothing is opened or looked up here.</summary>
internal sealed record Arguments
{
    public const int MaxTop = 100, MaxYears = 20;

    public static string Help { get; } = $"""
        Backtests a portfolio in which every asset carries the same risk, on daily candles, rebalanced monthly.

        Usage: dotnet run --project samples/RiskParity -- [options]

          --top <n>            how many assets, 2 to {MaxTop}; the default is 20
          --by-turnover        choose by what was traded before the backtest begins, not by market cap; a recording always does
          --years <n>          how many years of days, 1 to {MaxYears}; the default is 5
          --cache <folder>     where candles are kept; the default is a folder of the user's local application data
          --out <folder>       where risk-parity.png and weights.csv are written; the default is the current folder
          --live               ask OKX itself; the default is a simulator in this process, with invented prices
          --recorded <folder>  replay recorded rows, from files named like BTC-USDT-SWAP.1Dutc.csv
          --help               show this

        Exit codes: 0 done, 1 something did not arrive or could not be computed, 2 bad arguments, 130 stopped by Ctrl-C.
        """;

    public int Top { get; init; } = 20;

    public bool ByTurnover { get; init; }

    public int Years { get; init; } = 5;

    public string? Cache { get; init; }

    public string Out { get; init; } = ".";

    public bool Live { get; init; }

    public string? Recorded { get; init; }

    public bool ShowHelp { get; init; }

    /// <exception cref="UsageException">The command line makes no sense; the message is one line for the user.</exception>
    public static Arguments Parse(IReadOnlyList<string> args)
    {
        var result = new Arguments();
        for (var i = 0; i < args.Count; i++)
        {
            var flag = args[i];
            result = flag switch
            {
                "--top" => result with { Top = Number(flag, Value(args, ref i), 2, MaxTop) },
                "--by-turnover" => result with { ByTurnover = true },
                "--years" => result with { Years = Number(flag, Value(args, ref i), 1, MaxYears) },
                "--cache" => result with { Cache = Value(args, ref i) },
                "--out" => result with { Out = Value(args, ref i) },
                "--recorded" => result with { Recorded = Value(args, ref i) },
                "--live" => result with { Live = true },
                "--help" or "-h" => result with { ShowHelp = true },
                _ => throw new UsageException($"'{flag}' is not an option; --help lists them."),
            };
        }

        if (result is { Live: true, Recorded: not null })
            throw new UsageException("--live and --recorded exclude each other; choose one.");
        // A recording has no market caps.
        return result with { ByTurnover = result.ByTurnover || result.Recorded is not null };
    }

    private static string Value(IReadOnlyList<string> args, ref int index)
    {
        var flag = args[index++];
        if (index == args.Count || args[index].StartsWith("--", StringComparison.Ordinal))
            throw new UsageException($"{flag} needs a value; --help says which.");
        if (string.IsNullOrWhiteSpace(args[index]))
            throw new UsageException($"The value of {flag} is empty; --help says what it takes.");
        return args[index];
    }

    private static int Number(string flag, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{flag} '{value}' is not a whole number from {least} to {most}.");
}
