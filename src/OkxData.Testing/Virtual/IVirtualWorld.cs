namespace OkxData.Testing.Virtual;

/// <summary>What lives by a virtual clock and says when time may go on.</summary>
internal interface IVirtualWorld
{
    /// <summary>Whether all that is due was done and taken.</summary>
    bool IsQuiet { get; }

    /// <summary>Time goes on without those that do not take what they were sent, until they do.</summary>
    void Abandon();
}
