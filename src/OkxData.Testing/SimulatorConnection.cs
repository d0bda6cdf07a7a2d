namespace OkxData.Testing;

/// <summary>How a client reaches a simulator.</summary>
public enum SimulatorConnection
{
    /// <summary>Over real sockets of the loopback.</summary>
    Network,

    /// <summary>Without a network: requests, replies and pushes are handed over in memory, by the simulator's clock.</summary>
    InMemory,
}
