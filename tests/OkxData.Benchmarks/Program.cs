using OkxData.Benchmarks;

const string Usage = """
    dotnet run -c Release --project tests/OkxData.Benchmarks -- [what]

      (nothing)   parse, panel, stream, warm and download, one after another
      parse       one reply of 300 rows: this library, Utf8JsonReader + Utf8Parser, JsonDocument
      panel       50 symbols x 5 years of days side by side: prices, returns, windows, a ranking
      stream      a million pushed tickers on one core: how many a second, and what they allocate
      warm        50 symbols x 5 years of days from the cache, beside DuckDB on the same files
      download    10 x 1,096 days and 50 x 5 years from a simulated OKX, cold and again
      verify      checks a cache of 500 symbols x 5 years of days: time and peak memory
      --live      response times of the real OKX (needs a network)
    """;

switch (args)
{
    case []:
        ParseRun.Run();
        PanelRun.Run();
        await StreamRun.RunAsync();
        await WarmRun.RunAsync();
        return Math.Max(await DownloadRun.RunAsync(), await VerifyRun.RunAsync());
    case ["parse"]:
        ParseRun.Run();
        return 0;
    case ["panel"]:
        PanelRun.Run();
        return 0;
    case ["stream"]:
        return await StreamRun.RunAsync();
    case ["warm"]:
        await WarmRun.RunAsync();
        return 0;
    case ["download"]:
        return await DownloadRun.RunAsync();
    case ["verify"]:
        return await VerifyRun.RunAsync();
    case [VerifyRun.ChildVerb, var folder]:
        return await VerifyRun.VerifyAsync(folder);
    case ["--live"]:
        return await LiveRun.RunAsync();
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
