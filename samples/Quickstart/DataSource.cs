using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OkxData;
using OkxData.Testing;

namespace Quickstart;

/// <summary>Where the candles come from: OKX, a simulator with invented prices, or one that replays a recording.</summary>
internal sealed class DataSource : IAsyncDisposable
{
    private static readonly string[] LargePairs =
        ["BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT", "BNB-USDT", "DOGE-USDT", "ADA-USDT", "LINK-USDT", "LTC-USDT", "DOT-USDT"];

    private readonly OkxSimulator? _simulator;

    private DataSource(string description, string environment, IReadOnlyList<string> symbols, OkxSimulator? simulator) =>
        (Description, Environment, Symbols, _simulator) = (description, environment, symbols, simulator);

    /// <summary>One line that says what is asked.</summary>
    public string Description { get; }

    /// <summary>The folder of the cache that holds this source's data, and no other's.</summary>
    public string Environment { get; }

    /// <summary>What is downloaded when the user names nothing.</summary>
    public IReadOnlyList<string> Symbols { get; }

    public TimeProvider Clock => _simulator?.Clock ?? TimeProvider.System;

    /// <exception cref="UsageException">The recorded folder is missing or holds nothing of that bar.</exception>
    public static async Task<DataSource> OpenAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Live)
            return new DataSource($"Source: OKX, {OkxEnvironment.Global.Rest.Host}.", OkxEnvironment.Global.Name, LargePairs, null);

        if (arguments.Recorded is not { } folder)
        {
            var simulator = await OkxSimulator.StartAsync(cancellationToken: cancellationToken);
            return new DataSource($"Source: an OKX simulator in this process, {simulator.BaseAddress} (invented prices; --live asks OKX).", simulator.Name, LargePairs, simulator);
        }

        var symbols = SymbolsRecorded(folder, arguments);
        var replay = await ReplayAsync(folder, cancellationToken);
        return new DataSource($"Source: an OKX simulator in this process that replays {folder}; its clock stands at {replay.Clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC.", replay.Name, symbols, replay);
    }

    public void Use(IOkxMarketDataBuilder builder)
    {
        if (_simulator is not null)
            builder.UseSimulator(_simulator);
    }

    public ValueTask DisposeAsync() => _simulator?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<OkxSimulator> ReplayAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await OkxSimulator.StartAsync(options => (options.ReplayFolder, options.Name) = (folder, NameOf(folder)), cancellationToken);
        }
        catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--recorded '{folder}' cannot be replayed: {failure.Message}");
        }
    }

    private static string[] SymbolsRecorded(string folder, Arguments arguments)
    {
        if (!Directory.Exists(folder))
            throw new UsageException($"--recorded '{folder}' is not a folder.");

        var ending = $".{arguments.Bar.ToCode()}.csv";
        var symbols = Directory.EnumerateFiles(folder, "*" + ending).Select(file => Path.GetFileName(file)[..^ending.Length]).Order(StringComparer.Ordinal).ToArray();
        return symbols.Length > 0 || arguments.Symbols.Count > 0
            ? symbols
            : throw new UsageException($"--recorded '{folder}' has no file named like BTC-USDT-SWAP{ending}; choose another --bar.");
    }

    // Two recordings may hold different rows of the same name, so each has a part of the cache of its own.
    private static string NameOf(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return $"recorded-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8]}";
    }
}
