using OkxData.Benchmarks;

const string Usage = """
    dotnet run -c Release --project tests/OkxData.Benchmarks -- [what]

      (nothing)   everything below but --live, in its short form
      parse       one reply of 300 rows: this library, Utf8JsonReader + Utf8Parser, JsonDocument
      warm        50 symbols x 5 years of days from the cache, beside DuckDB on the same files
      download    the same from a simulated OKX, cold and again: requests, seconds, floor
      --live      response times of the real OKX (needs a network)
    """;

switch (args)
{
    case []:
        ParseRun.Run();
        return 0;
    case ["parse"]:
        ParseRun.Run();
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
