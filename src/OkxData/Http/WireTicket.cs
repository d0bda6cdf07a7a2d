namespace OkxData.Http;

/// <summary>The right to write one request to a socket. It follows the request's own flow down to the connection.</summary>
internal sealed class WireTicket
{
    private static readonly AsyncLocal<WireTicket?> Ambient = new();

    private int _sends;

    /// <summary>The ticket of the request that is being written here; none for what the stack does on its own account.</summary>
    public static WireTicket? Current => Ambient.Value;

    /// <summary>Gives a fresh ticket to everything that the calling async method goes on to do.</summary>
    public static void Issue() => Ambient.Value = new WireTicket();

    /// <exception cref="SecondSendException">It was spent before.</exception>
    public void Spend()
    {
        if (Interlocked.Increment(ref _sends) > 1)
            throw new SecondSendException();
    }
}
