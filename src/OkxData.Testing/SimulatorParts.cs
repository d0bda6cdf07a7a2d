using OkxData.Testing.Market;
using OkxData.Testing.Series;
using OkxData.Testing.Serving;
using OkxData.Testing.Sockets;
using OkxData.Testing.Virtual;

namespace OkxData.Testing;

/// <summary>What a simulator is made of.</summary>
internal sealed record SimulatorParts
{
    public required KestrelHost Host { get; init; }

    public required RequestLog Log { get; init; }

    public required RequestPipeline Pipeline { get; init; }

    public required Wire Wire { get; init; }

    public required FaultInjector Faults { get; init; }

    public required CandleHandler Candles { get; init; }

    public required MarketHandler Market { get; init; }

    public required SymbolBook Symbols { get; init; }

    public required DefectBook Defects { get; init; }

    public required SocketExchange Sockets { get; init; }

    public required SimulatorFaultOptions FaultOptions { get; init; }

    public required Bustle Bustle { get; init; }
}
