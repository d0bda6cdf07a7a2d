using System.Globalization;
using OkxData.Models;

namespace LiveTicker;

/// <summary>What the command line asks for. Pure: nothing is opened or looked up here.</summary>
internal sealed record Arguments
{
    public const int MostSymbols = 100;

    public static string Help { get; } = $"""
        Shows live prices of OKX's largest assets, or candles as they close.

        Usage: dotnet run --project samples/LiveTicker -- [options]

          --symbols <a,b,…>  what to show; the default is the largest assets by market cap
          --top <n>          how many of the largest, 1 to {MostSymbols}; the default is 20
          --candles <bar>    candles as they close instead of prices; {Bars.Names}
          --back <n>         how many closed candles to begin with, 0 to 1000; the default is 2
          --for <time>       end by itself after this long, such as 30s, 5m or 2h; the default is Ctrl-C
          --cache <folder>   where rankings and candles are kept; the default is a folder of the user's local application data
          --live             OKX itself; the default is a simulator in this process, with invented prices
          --help             show this

        Prices are redrawn in place; where the output goes to a file or a pipe, they are lines.
        Exit codes: 0 ended by Ctrl-C or --for, 1 the stream could not be kept, 2 bad arguments.
        """;

    public IReadOnlyList<string> Symbols { get; init; } = [];

    public int Top { get; init; } = 20;

    public BarSize? Candles { get; init; }

    public int Back { get; init; } = 2;

    public TimeSpan? For { get; init; }

    public string? Cache { get; init; }

    public bool Live { get; init; }

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
                "--top" => result with { Top = NumberIn(flag, Value(args, ref i), 1, MostSymbols) },
                "--candles" => result with { Candles = BarIn(Value(args, ref i)) },
                "--back" => result with { Back = NumberIn(flag, Value(args, ref i), 0, 1000) },
                "--for" => result with { For = TimeIn(Value(args, ref i)) },
                "--cache" => result with { Cache = Value(args, ref i) },
                "--live" => result with { Live = true },
                "--help" or "-h" => result with { ShowHelp = true },
                _ => throw new UsageException($"'{flag}' is not an option; --help lists them."),
            };
        }

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

    private static int NumberIn(string flag, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{flag} '{value}' is not a whole number from {least} to {most}.");

    private static BarSize BarIn(string value) =>
        Bars.Find(value) ?? throw new UsageException($"--candles '{value}' is not a bar; choose one of {Bars.Names}.");

    private static TimeSpan TimeIn(string value)
    {
        var seconds = value[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        return seconds > 0 && int.TryParse(value[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= 100_000
            ? TimeSpan.FromSeconds((long)count * seconds)
            : throw new UsageException($"--for '{value}' is not a time such as 30s, 5m or 2h.");
    }
}
