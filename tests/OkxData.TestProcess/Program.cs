using OkxData.TestProcess;

// What a test wants done in a process of its own: the first argument is the verb, the rest is the verb's.
// A verb is one small file and one line here.
Dictionary<string, Func<string[], Task<int>>> verbs = new(StringComparer.Ordinal)
{
    ["cache-writer"] = CacheWriter.RunAsync,
    ["cache-counter"] = CacheCounter.RunAsync,
    ["series-writer"] = SeriesWorker.WriteAsync,
    ["series-reader"] = SeriesWorker.ReadAsync,
    ["download"] = Downloader.RunAsync,
};

if (args.Length > 0 && verbs.TryGetValue(args[0], out var run))
    return await run(args[1..]);

await Console.Error.WriteLineAsync($"The first argument is one of: {string.Join(", ", verbs.Keys)}.");
return 2;
