using OkxData.Testing.Series;

namespace OkxData.Testing.Sockets;

/// <summary>The feeds that somebody has subscribed to; they beat together, on whole intervals of the clock.</summary>
internal sealed class FeedBook(PushDesk desk)
{
    private const string CandlePrefix = "candle";

    private readonly List<Feed> _feeds = [];
    private readonly Dictionary<TimeSpan, bool> _beats = [];

    /// <summary>The bar of a candle channel; <see langword="null"/> for another channel or an unknown bar.</summary>
    public static SimulatedBar? BarOf(string channel) =>
        channel.StartsWith(CandlePrefix, StringComparison.Ordinal) ? SimulatedBar.Find(channel[CandlePrefix.Length..]) : null;

    public void Add(SocketTopic topic, SocketConnection subscriber, long now)
    {
        var feed = _feeds.Find(feed => feed.Topic == topic);
        if (feed is null)
        {
            feed = BarOf(topic.Channel) is { } bar ? new CandleFeed(topic, bar, desk, now) : new TickerFeed(topic, desk);
            _feeds.Add(feed);
        }

        feed.Subscribers.Add(subscriber);
        if (desk.Options.PushOnSubscribe)
            feed.Greet(now, subscriber);
        PlanBeat(feed.Interval, now);
    }

    public void Remove(SocketTopic topic, SocketConnection subscriber)
    {
        var feed = _feeds.Find(feed => feed.Topic == topic);
        if (feed is null || !feed.Subscribers.Remove(subscriber) || feed.Subscribers.Count > 0)
            return;

        _feeds.Remove(feed);
    }

    private void PlanBeat(TimeSpan interval, long now)
    {
        if (_beats.GetValueOrDefault(interval))
            return;

        _beats[interval] = true;
        desk.Timeline.Plan((now / interval.Ticks + 1) * interval.Ticks, due => Beat(interval, due));
    }

    private void Beat(TimeSpan interval, long now)
    {
        _beats[interval] = false;
        var isAny = false;
        foreach (var feed in _feeds)
        {
            if (feed.Interval != interval)
                continue;

            isAny = true;
            feed.Beat(now);
        }

        if (isAny)
            PlanBeat(interval, now);
    }
}
