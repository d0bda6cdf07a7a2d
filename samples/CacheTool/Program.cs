using System.Runtime.InteropServices;
using CacheTool;
using OkxData.Catalog;
using OkxData.Errors;

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopCleanly);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopCleanly);
try
{
    var arguments = Arguments.Parse(args);
    if (!arguments.ShowHelp)
        return await RunAsync(arguments, stop.Token);

    Console.WriteLine(Arguments.Help);
    return ExitCodes.Good;
}
catch (UsageException refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return ExitCodes.BadArguments;
}
catch (ArgumentException refusal)
{
    Console.Error.WriteLine(refusal.Message.Replace($" (Parameter '{refusal.ParamName}')", "", StringComparison.Ordinal));
    return ExitCodes.BadArguments;
}
catch (Exception failure) when (failure is OkxCacheException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(failure.Message);
    return ExitCodes.Found;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped; the cache is whole, and the same command begins anew.");
    return ExitCodes.Stopped;
}

// The first Ctrl-C ends the work between two files; a second one ends the process at once.
void StopCleanly(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

static Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
{
    var folder = Path.GetFullPath(arguments.Cache ?? CacheCatalog.DefaultFolder);
    if (!Directory.Exists(folder))
        throw new UsageException(arguments.Cache is { } named ? $"--cache '{named}' is not a folder; name the one that Caching.Directory names." : $"There is no cache at {folder} yet; name another folder with --cache.");

    var catalog = CacheCatalog.OpenFolder(folder);
    var selection = new CatalogSelection { Environment = arguments.Environment, Symbols = arguments.Symbols, Bars = arguments.Bar is { } bar ? [bar] : null };
    return arguments.Verb switch
    {
        Verb.List => ListCommand.RunAsync(catalog, selection, arguments, cancellationToken),
        Verb.Verify => VerifyCommand.RunAsync(catalog, arguments, cancellationToken),
        Verb.Convert => ConvertCommand.RunAsync(catalog, selection, arguments, cancellationToken),
        Verb.Prune => PruneCommand.RunAsync(catalog, selection, arguments, cancellationToken),
        Verb.Export => ExportCommand.RunAsync(catalog, selection, arguments, cancellationToken),
        _ => ManifestCommand.RunAsync(catalog, selection, arguments, cancellationToken),
    };
}
