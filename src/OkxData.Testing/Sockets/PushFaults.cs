using OkxData.Testing.Series;

namespace OkxData.Testing.Sockets;

/// <summary>Decides what becomes of pushes and acknowledgements.</summary>
internal sealed class PushFaults(int seed, SimulatorSocketFaultOptions options)
{
    private static readonly byte[] MalformedText = "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"BTC-USDT\"},\"data\":[[\"17"u8.ToArray();
    private static readonly byte[] BinaryContent = [0x1f, 0x8b, 0x08, 0x00, 0xff, 0xfe, 0x00, 0x7b];
    private static readonly Lazy<byte[]> OversizedText = new(static () =>
    {
        var text = new byte[2 << 20];
        text.AsSpan().Fill((byte)'x');
        return text;
    });

    private readonly ulong _acknowledgementSeed = Noise.Seed(seed, "acknowledgements");
    private long _acknowledgements;

    private enum Salt
    {
        Loss,
        Repetition,
        Reordering,
        Delay,
        DelayLength,
        ConfirmationLoss,
        ConfirmationDelay,
        ConfirmationDelayLength,
        StaleTicker,
        Malformed,
        Binary,
        Oversized,
        Splitting,
        Acknowledgement,
        AcknowledgementLength,
    }

    public static Frame CutFrame { get; } = new(MalformedText, IsEnd: false);

    public ulong SeedOf(SocketTopic topic) => Noise.Seed(seed, topic.Channel + "/" + topic.Symbol);

    public bool IsLost(Feed feed, long now, PushKind kind) =>
        Hits(feed, now, Salt.Loss, options.Loss)
        || (kind == PushKind.Confirming && Hits(feed, now, Salt.ConfirmationLoss, options.ConfirmationLoss));

    public bool IsRepeated(Feed feed, long now) => Hits(feed, now, Salt.Repetition, options.Repetition);

    public bool IsFollowedByAnOldOne(Feed feed, long now) => Hits(feed, now, Salt.StaleTicker, options.StaleTicker);

    public TimeSpan DelayOf(Feed feed, long now, PushKind kind)
    {
        if (kind == PushKind.Confirming && Hits(feed, now, Salt.ConfirmationDelay, options.ConfirmationDelay))
            return options.LongestConfirmationDelay * Noise.Unit(feed.Seed, now, (int)Salt.ConfirmationDelayLength);
        if (Hits(feed, now, Salt.Delay, options.Delay))
            return options.LongestDelay * Noise.Unit(feed.Seed, now, (int)Salt.DelayLength);

        return Hits(feed, now, Salt.Reordering, options.Reordering) ? feed.Interval * 1.5 : TimeSpan.Zero;
    }

    /// <summary>What is sent before the push although it is none.</summary>
    public Frame? JunkBefore(Feed feed, long now) =>
        Hits(feed, now, Salt.Malformed, options.Malformed) ? new Frame(MalformedText)
        : Hits(feed, now, Salt.Binary, options.Binary) ? new Frame(BinaryContent, System.Net.WebSockets.WebSocketMessageType.Binary)
        : Hits(feed, now, Salt.Oversized, options.Oversized) ? new Frame(OversizedText.Value)
        : null;

    public bool IsSplit(Feed feed, long now) => Hits(feed, now, Salt.Splitting, options.Splitting);

    public TimeSpan AcknowledgementDelay()
    {
        var place = _acknowledgements++;
        return options.LateAcknowledgement > 0 && Noise.Unit(_acknowledgementSeed, place, (int)Salt.Acknowledgement) < options.LateAcknowledgement
            ? options.LongestAcknowledgementDelay * Noise.Unit(_acknowledgementSeed, place, (int)Salt.AcknowledgementLength)
            : TimeSpan.Zero;
    }

    private static bool Hits(Feed feed, long now, Salt salt, double probability) =>
        probability > 0 && Noise.Unit(feed.Seed, now, (int)salt) < probability;
}
