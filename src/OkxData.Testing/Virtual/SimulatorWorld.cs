using OkxData.Testing.Sockets;

namespace OkxData.Testing.Virtual;

/// <summary>Both halves of a simulator, as far as they are reached in memory.</summary>
internal sealed class SimulatorWorld(SocketExchange sockets, Bustle bustle) : IVirtualWorld
{
    public bool IsQuiet => bustle.IsQuiet && sockets.IsQuiet;

    public void Abandon()
    {
        bustle.Abandon();
        sockets.Abandon();
    }
}
