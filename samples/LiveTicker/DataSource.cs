using Microsoft.Extensions.DependencyInjection;
using OkxData;
using OkxData.Testing;

namespace LiveTicker;

/// <summary>Where prices come from: OKX, or a simulator in this process.</summary>
internal sealed class DataSource : IAsyncDisposable
{
    private readonly OkxSimulator? _simulator;

    private DataSource(string description, OkxSimulator? simulator) => (Description, _simulator) = (description, simulator);

    /// <summary>One line that says what is asked.</summary>
    public string Description { get; }

    public TimeProvider Clock => _simulator?.Clock ?? TimeProvider.System;

    public static async Task<DataSource> OpenAsync(bool isLive, CancellationToken cancellationToken)
    {
        if (isLive)
            return new DataSource($"Source: OKX, {OkxEnvironment.Global.WebSocket.Host}.", null);

        var simulator = await OkxSimulator.StartAsync(cancellationToken: cancellationToken);
        return new DataSource($"Source: an OKX simulator in this process, {simulator.WebSocketAddress} (invented prices; --live asks OKX).", simulator);
    }

    public void Use(IOkxMarketDataBuilder builder)
    {
        if (_simulator is not null)
            builder.UseSimulator(_simulator);
    }

    public ValueTask DisposeAsync() => _simulator?.DisposeAsync() ?? ValueTask.CompletedTask;
}
