using System.Globalization;
using OkxData.Models;

namespace Quickstart;

/// <summary>What the command line asks for. Pure: nothing is opened or looked up here.</summary>
internal sealed record Arguments
{
    public const int MaxYears = 20;

    public static string Help { get; } = $"""
        Downloads candles of many symbols, checks them and keeps them on disk.

        Usage: dotnet run --project samples/Quickstart -- [options]

          --symbols <a,b,…>    what to download; the default is ten large USDT pairs, or all that a recording has
          --years <n>          how many years back, 1 to {MaxYears}; the default is 5
          --bar <bar>          {Bars.Names}; the default is 1d
          --cache <folder>     where candles are kept; the default is a folder of the user's local application data
          --live               ask OKX itself; the default is a simulator in this process, with invented prices
          --recorded <folder>  replay recorded rows, from files named like BTC-USDT-SWAP.1Dutc.csv
          --help               show this

        Exit codes: 0 all symbols arrived, 1 some failed, 2 bad arguments, 130 stopped by Ctrl-C.
        """;

    public IReadOnlyList<string> Symbols { get; init; } = [];

    public int Years { get; init; } = 5;

    public BarSize Bar { get; init; } = BarSize.OneDay;

    public string? Cache { get; init; }

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
                "--symbols" => result with { Symbols = SymbolsIn(Value(args, ref i)) },
                "--years" => result with { Years = YearsIn(Value(args, ref i)) },
                "--bar" => result with { Bar = BarIn(Value(args, ref i)) },
                "--cache" => result with { Cache = Value(args, ref i) },
                "--recorded" => result with { Recorded = Value(args, ref i) },
                "--live" => result with { Live = true },
                "--help" or "-h" => result with { ShowHelp = true },
                _ => throw new UsageException($"'{flag}' is not an option; --help lists them."),
            };
        }

        if (result is { Live: true, Recorded: not null })
            throw new UsageException("--live and --recorded exclude each other; choose one.");
        return result;
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

    private static string[] SymbolsIn(string value)
    {
        var symbols = value.Split(',', StringSplitOptions.TrimEntries);
        return symbols.Contains("") ? throw new UsageException($"--symbols '{value}' has an empty symbol; write it like BTC-USDT,ETH-USDT.") : symbols;
    }

    private static int YearsIn(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var years) && years is >= 1 and <= MaxYears
            ? years
            : throw new UsageException($"--years '{value}' is not a whole number from 1 to {MaxYears}.");

    private static BarSize BarIn(string value) =>
        Bars.Find(value) ?? throw new UsageException($"--bar '{value}' is not a bar; choose one of {Bars.Names}.");
}
