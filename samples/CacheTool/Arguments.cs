using System.Globalization;
using OkxData.Models;

namespace CacheTool;

/// <summary>What the command line asks for. Pure: nothing is opened or looked up here.</summary>
internal sealed record Arguments
{
    public static string Help { get; } = $"""
        Looks at a cache of OKX data: what it holds, whether it is sound, and what is in it. Needs no network.

        Usage: dotnet run --project samples/CacheTool -- <command> [options]

          list                     the series held: range, candles, gaps, size, age
          verify                   checks every file: checksum, schema, order, coverage, rules
          convert parquet|json     puts the candles into a format, equal to the digit
          prune                    removes what is named, and only says so without --yes
          export csv|json          candles as symbol,timestamp,open,high,low,close,volume
          manifest create <file>   writes down what is held, to be checked later
          manifest check <file>    says of each series whether it is the same, extended or changed

          --cache <folder>         the cache; the default is the library's own folder
          --environment <name>     only this environment, such as global
          --symbols <a,b,…>        only these symbols
          --bar <bar>              only this bar: {Bars.Names}; export and manifest create take 1d where none is named
          --json                   list, verify: as JSON
          --strict                 verify: lists remarks too, and counts them as findings
          --from, --to <date>      export: candles that open at or after the one and before the other, such as 2024-01-31, UTC
          --out <file>             export: the file; the default is the standard output
          --quarantine             prune: damaged files that were put aside
          --orphans                prune: temporary files that killed processes left
          --snapshots-older <days> prune: rankings of the past, which cannot be fetched again
          --not-fetched <days>     prune: series for which nothing was received for so long
          --yes                    prune: does it; --environment, --symbols and --bar name series to remove
          --help                   show this

        Exit codes: 0 all is well, 1 something was found, changed or could not be done, 2 bad arguments, 130 stopped by Ctrl-C.
        """;

    public Verb Verb { get; init; }

    /// <summary>The word after the command: a format, or create and check.</summary>
    public string Word { get; init; } = "";

    /// <summary>The file after <c>manifest create</c> and <c>manifest check</c>.</summary>
    public string File { get; init; } = "";

    public string? Cache { get; init; }

    public string? Environment { get; init; }

    public IReadOnlyList<string>? Symbols { get; init; }

    public BarSize? Bar { get; init; }

    public bool Json { get; init; }

    public bool Strict { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? Out { get; init; }

    public bool Quarantine { get; init; }

    public bool Orphans { get; init; }

    public TimeSpan? SnapshotsOlder { get; init; }

    public TimeSpan? NotFetched { get; init; }

    public bool Yes { get; init; }

    public bool ShowHelp { get; init; }

    /// <exception cref="UsageException">The command line makes no sense; the message is one line for the user.</exception>
    public static Arguments Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args.Any(arg => arg is "--help" or "-h"))
            return new Arguments { ShowHelp = true };

        var result = VerbIn(args, out var at);
        for (var i = at; i < args.Count; i++)
        {
            var flag = args[i];
            result = flag switch
            {
                "--cache" => result with { Cache = Value(args, ref i) },
                "--environment" => result with { Environment = Value(args, ref i) },
                "--symbols" => result with { Symbols = SymbolsIn(Value(args, ref i)) },
                "--bar" => result with { Bar = BarIn(Value(args, ref i)) },
                "--json" => Of(flag, result, Verb.List, Verb.Verify) with { Json = true },
                "--strict" => Of(flag, result, Verb.Verify) with { Strict = true },
                "--from" => Of(flag, result, Verb.Export) with { From = DateIn(flag, Value(args, ref i)) },
                "--to" => Of(flag, result, Verb.Export) with { To = DateIn(flag, Value(args, ref i)) },
                "--out" => Of(flag, result, Verb.Export) with { Out = Value(args, ref i) },
                "--quarantine" => Of(flag, result, Verb.Prune) with { Quarantine = true },
                "--orphans" => Of(flag, result, Verb.Prune) with { Orphans = true },
                "--snapshots-older" => Of(flag, result, Verb.Prune) with { SnapshotsOlder = DaysIn(flag, Value(args, ref i)) },
                "--not-fetched" => Of(flag, result, Verb.Prune) with { NotFetched = DaysIn(flag, Value(args, ref i)) },
                "--yes" => Of(flag, result, Verb.Prune) with { Yes = true },
                _ => throw new UsageException($"'{flag}' is not an option; --help lists them."),
            };
        }

        if (result.From >= result.To)
            throw new UsageException($"--to '{result.To:yyyy-MM-dd}' is not after --from '{result.From:yyyy-MM-dd}'; swap them or leave one out.");
        return result.Verb == Verb.Verify && (result.Environment is not null || result.Symbols is not null || result.Bar is not null)
            ? throw new UsageException("verify checks the whole cache; leave --environment, --symbols and --bar out.")
            : result;
    }

    private static Arguments VerbIn(IReadOnlyList<string> args, out int next)
    {
        next = 1;
        var result = new Arguments
        {
            Verb = Enum.TryParse<Verb>(args[0], ignoreCase: true, out var verb) && args[0].All(char.IsAsciiLetterLower)
                ? verb
                : throw new UsageException($"'{args[0]}' is not a command; use list, verify, convert, prune, export or manifest."),
        };
        if (verb is Verb.Convert)
            result = result with { Word = WordIn(args, ref next, "parquet", "json") };
        if (verb is Verb.Export)
            result = result with { Word = WordIn(args, ref next, "csv", "json") };
        if (verb is Verb.Manifest)
        {
            result = result with { Word = WordIn(args, ref next, "create", "check") };
            if (next == args.Count || args[next].StartsWith("--", StringComparison.Ordinal))
                throw new UsageException($"manifest {result.Word} needs a file, such as dataset.json.");
            result = result with { File = args[next++] };
        }

        return result;
    }

    private static string WordIn(IReadOnlyList<string> args, ref int next, params string[] words)
    {
        var choice = $"{args[0]} {string.Join('|', words)}";
        if (next == args.Count)
            throw new UsageException($"{args[0]} needs a word after it: {choice}.");
        var word = args[next++];
        return words.Contains(word) ? word : throw new UsageException($"'{word}' is not what {args[0]} takes; write {choice}.");
    }

    private static Arguments Of(string flag, Arguments result, params Verb[] verbs) => verbs.Contains(result.Verb)
        ? result
        : throw new UsageException($"{flag} belongs to {string.Join(" and ", verbs).ToLowerInvariant()}, not to {result.Verb.ToString().ToLowerInvariant()}; leave it out.");

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

    private static BarSize BarIn(string value) =>
        Bars.Find(value) ?? throw new UsageException($"--bar '{value}' is not a bar; choose one of {Bars.Names}.");

    private static TimeSpan DaysIn(string flag, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 36_500
            ? TimeSpan.FromDays(days)
            : throw new UsageException($"{flag} '{value}' is not a whole number of days from 0 to 36500.");

    private static DateTimeOffset DateIn(string flag, string value) =>
        DateTimeOffset.TryParseExact(value, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date
            : throw new UsageException($"{flag} '{value}' is not a date; write it like 2024-01-31 or 2024-01-31T08:00Z, UTC.");
}
