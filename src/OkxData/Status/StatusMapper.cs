using OkxData.Models;
using OkxData.Time;

namespace OkxData.Status;

/// <summary>Makes an event of a row. A word or number that is not known is an unknown one, not an error.</summary>
internal static class StatusMapper
{
    private const string Live = "1";
    private const string Demo = "2";

    /// <summary>Whether the row concerns this environment; one that names none concerns both.</summary>
    public static bool Concerns(StatusWire wire, bool isDemo) => wire.Env is null || wire.Env == (isDemo ? Demo : Live);

    public static SystemEvent Map(StatusWire wire) => new()
    {
        Title = wire.Title ?? "",
        State = wire.State switch
        {
            "scheduled" => SystemEventState.Scheduled,
            "ongoing" => SystemEventState.Ongoing,
            "pre_open" => SystemEventState.PreOpen,
            "completed" => SystemEventState.Completed,
            "canceled" => SystemEventState.Canceled,
            _ => SystemEventState.Unknown,
        },
        Kind = wire.MaintType switch
        {
            "1" => SystemEventKind.Scheduled,
            "2" => SystemEventKind.Unscheduled,
            "3" => SystemEventKind.Disruption,
            _ => SystemEventKind.Unknown,
        },
        Service = wire.ServiceType switch
        {
            "0" => SystemService.WebSocket,
            "5" => SystemService.Trading,
            "6" => SystemService.BlockTrading,
            "7" => SystemService.TradingBots,
            "8" => SystemService.AccountsInBatches,
            "9" => SystemService.ProductsInBatches,
            "10" => SystemService.SpreadTrading,
            "11" => SystemService.CopyTrading,
            "99" => SystemService.Other,
            _ => SystemService.Unknown,
        },
        Begin = UnixTime.FromMilliseconds(wire.Begin!.Value),
        End = Instant(wire.End),
        PreOpenBegin = Instant(wire.PreOpenBegin),
        Note = wire.ScheDesc ?? "",
        Link = Uri.TryCreate(wire.Href, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" ? link : null,
    };

    private static DateTimeOffset? Instant(long? milliseconds) => milliseconds is { } value and > 0 ? UnixTime.FromMilliseconds(value) : null;
}
