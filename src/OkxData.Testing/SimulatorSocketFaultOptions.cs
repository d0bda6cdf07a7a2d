namespace OkxData.Testing;

/// <summary>Faults of the WebSocket half, the same ones for the same seed. Probabilities are from 0 to 1, and 0 by default.</summary>
/// <remarks>
/// What happens to a push depends on the seed, its topic and the instant at which it is due; when connections drop depends
/// on the seed and the clock. Neither depends on what the client does.
/// </remarks>
public sealed class SimulatorSocketFaultOptions
{
    /// <summary>How far apart drops are on average, on each path for itself; a drop hits all open connections of the path. Times between them are exponentially distributed.</summary>
    /// <value>The default, <see langword="null"/>, is never.</value>
    public TimeSpan? MeanTimeBetweenDrops { get; set; }

    /// <summary>The kinds of drops to draw from, each equally likely.</summary>
    /// <value>The default is all of them.</value>
    public IList<SocketDropKind> DropKinds { get; } = [SocketDropKind.Abort, SocketDropKind.Close, SocketDropKind.CutFrame, SocketDropKind.Silence];

    /// <summary>How many pushes are lost.</summary>
    public double Loss { get; set; }

    /// <summary>How many pushes come twice.</summary>
    public double Repetition { get; set; }

    /// <summary>How many pushes come after the next one of their topic.</summary>
    public double Reordering { get; set; }

    /// <summary>How many pushes are late, by up to <see cref="LongestDelay"/>.</summary>
    public double Delay { get; set; }

    /// <summary>How late a push is at most.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many closed candles are never pushed as closed, beside those that <see cref="Loss"/> hits.</summary>
    public double ConfirmationLoss { get; set; }

    /// <summary>How many closed candles are pushed late as closed, by up to <see cref="LongestConfirmationDelay"/>; the next candle's pushes go on meanwhile.</summary>
    public double ConfirmationDelay { get; set; }

    /// <summary>How late a closed candle's last push is at most.</summary>
    /// <value>The default is 20 seconds.</value>
    public TimeSpan LongestConfirmationDelay { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How many tickers are followed by one that was pushed before.</summary>
    public double StaleTicker { get; set; }

    /// <summary>How many pushes are preceded by a text message that is not JSON.</summary>
    public double Malformed { get; set; }

    /// <summary>How many pushes are preceded by a binary message.</summary>
    public double Binary { get; set; }

    /// <summary>How many pushes are preceded by a text message of 2 MiB.</summary>
    public double Oversized { get; set; }

    /// <summary>How many messages come in two fragments.</summary>
    public double Splitting { get; set; }

    /// <summary>How many acknowledgements are late, by up to <see cref="LongestAcknowledgementDelay"/>; pushes begin before them.</summary>
    public double LateAcknowledgement { get; set; }

    /// <summary>How late an acknowledgement is at most.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan LongestAcknowledgementDelay { get; set; } = TimeSpan.FromSeconds(2);

    internal void Check()
    {
        Check(Loss, nameof(Loss));
        Check(Repetition, nameof(Repetition));
        Check(Reordering, nameof(Reordering));
        Check(Delay, nameof(Delay));
        Check(ConfirmationLoss, nameof(ConfirmationLoss));
        Check(ConfirmationDelay, nameof(ConfirmationDelay));
        Check(StaleTicker, nameof(StaleTicker));
        Check(Malformed, nameof(Malformed));
        Check(Binary, nameof(Binary));
        Check(Oversized, nameof(Oversized));
        Check(Splitting, nameof(Splitting));
        Check(LateAcknowledgement, nameof(LateAcknowledgement));
        if (MeanTimeBetweenDrops <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(MeanTimeBetweenDrops), MeanTimeBetweenDrops, "The mean time between drops is longer than zero.");
        if (MeanTimeBetweenDrops is not null && DropKinds.Count == 0)
            throw new ArgumentOutOfRangeException(nameof(DropKinds), "Connections cannot drop without a kind of drop.");
    }

    private static void Check(double probability, string name)
    {
        if (probability is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, probability, "The probability of a fault is from 0 to 1.");
    }
}
