namespace OkxData.Tests.Architecture;

/// <summary>The floors of src/OkxData: arrows go down, and sideways only where it is said here.</summary>
internal static class Rooms
{
    public const string Root = "(root)";

    public const int TopFloor = 4;

    private static readonly string[][] Floors =
    [
        ["Models", "Errors", "Time", "Diagnostics"],
        ["RateLimiting", "Credentials", "Validation", "Caching", "Panels", "Datasets"],
        ["Http", "Streaming"],
        ["Candles", "Instruments", "Tickers", "Rankings", "Status", "Account"],
        [Root, "DependencyInjection", "Refresh", "Catalog"],
    ];

    private static readonly HashSet<(string From, string To)> Sideways =
    [
        ("Models", "Errors"), ("Errors", "Models"), ("Models", "Time"), ("Errors", "Time"),
        ("Candles", "Instruments"), ("Tickers", "Instruments"), ("Rankings", "Instruments"), ("Rankings", "Tickers"),

        // The client can be made with and without a container, and the container makes the client.
        (Root, "DependencyInjection"), ("DependencyInjection", Root), ("Refresh", Root), ("DependencyInjection", "Refresh"),
    ];

    public static bool IsKnown(string room) => FloorOf(room) >= 0;

    public static int FloorOf(string room) => Array.FindIndex(Floors, floor => floor.Contains(room));

    /// <summary>Whether code of one room may name what another room declares.</summary>
    public static bool MayName(string from, string to) =>
        from == to || Sideways.Contains((from, to)) || (IsKnown(from) && IsKnown(to) && FloorOf(to) < FloorOf(from));

    /// <summary>The room of a file such as src/OkxData/Candles/Codecs/ParquetCandleCodec.cs.</summary>
    public static string OfFile(string path) => path.Split('/') is ["src", "OkxData", var room, _, ..] ? room : Root;

    /// <summary>The room of a namespace such as OkxData.Candles.Codecs; null for one that is not ours.</summary>
    public static string? OfNamespace(string name) => name.Split('.') switch
    {
        ["OkxData"] => Root,
        ["OkxData", var room, ..] => room,
        _ => null,
    };
}
