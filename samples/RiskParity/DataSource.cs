using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OkxData;
using OkxData.Testing;

namespace RiskParity;

/// <summary>Where the candles come from: OKX, a simulator with invented prices, or one that replays a recording.</summary>
internal sealed class DataSource : IAsyncDisposable
{
    private readonly OkxSimulator? _simulator;

    private DataSource(string description, OkxSimulator? simulator) => (Description, _simulator) = (description, simulator);

    /// <summary>One line that says what is asked.</summary>
    public string Description { get; }

    public TimeProvider Clock => _simulator?.Clock ?? TimeProvider.System;

    /// <exception cref="UsageException">The recorded folder is missing or cannot be replayed.</exception>
    public static async Task<DataSource> OpenAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Live)
            return new DataSource($"Source: OKX, {OkxEnvironment.Global.Rest.Host}.", null);

        if (arguments.Recorded is not { } folder)
        {
            var simulator = await OkxSimulator.StartAsync(cancellationToken: cancellationToken);
            return new DataSource($"Source: an OKX simulator in this process, {simulator.BaseAddress} (invented prices; --live asks OKX).", simulator);
        }

        var replay = await ReplayAsync(folder, cancellationToken);
        return new DataSource($"Source: an OKX simulator in this process that replays {folder}; its clock stands at {replay.Clock.GetUtcNow():yyyy-MM-dd HH:mm} UTC.", replay);
    }

    public void Use(IOkxMarketDataBuilder builder)
    {
        if (_simulator is not null)
            builder.UseSimulator(_simulator);
    }

    public ValueTask DisposeAsync() => _simulator?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<OkxSimulator> ReplayAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            throw new UsageException($"--recorded '{folder}' is not a folder.");

        try
        {
            return await OkxSimulator.StartAsync(options => (options.ReplayFolder, options.Name) = (folder, NameOf(folder)), cancellationToken);
        }
        catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--recorded '{folder}' cannot be replayed: {failure.Message}");
        }
    }

    // Two recordings may hold different rows of the same name, so each has a part of the cache of its own.
    private static string NameOf(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return $"recorded-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..8]}";
    }
}
