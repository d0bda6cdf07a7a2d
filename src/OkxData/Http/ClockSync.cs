using System.Text.Json;
using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.RateLimiting;
using OkxData.Time;

namespace OkxData.Http;

/// <summary>Asks the host what time it is: GET /api/v5/public/time, 10 requests in 2 s per address.</summary>
/// <remarks>https://www.okx.com/docs-v5/en/#public-data-rest-api-get-system-time. Thread-safe; callers who ask at once share one answer.</remarks>
internal sealed class ClockSync(HostClock clock, Func<OkxTransport> transport, TimeProvider timeProvider, ILogger logger)
{
    public static readonly EndpointDefinition Endpoint = new("/api/v5/public/time", new RateLimitQuota(10, TimeSpan.FromSeconds(2)));

    private static readonly RowFields<TimeRow> Fields = new RowFields<TimeRow>().Time("ts", (row, value) => row.Milliseconds = value);

    private readonly SharedFlights<bool> _flights = new();

    /// <summary>Asks where the host's time is not known or was asked for long ago.</summary>
    public Task EnsureAsync(CancellationToken cancellationToken) => clock.IsFresh ? Task.CompletedTask : _flights.JoinAsync("", AskAsync, cancellationToken);

    /// <summary>Asks, unless the host has told its time since that timestamp. Where no answer comes, the Date headers of other replies have to do, and that is logged.</summary>
    public Task ResyncAsync(long since, CancellationToken cancellationToken) =>
        clock.WasAskedAfter(since) ? Task.CompletedTask : _flights.JoinAsync("", AskAsync, cancellationToken);

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        var sent = timeProvider.GetUtcNow();
        var request = new OkxRequest<DateTimeOffset>
        {
            Endpoint = Endpoint,
            Query = "",
            Subject = "the time",
            ReadData = ReadTime,
            IsProbe = true,
            OnSend = () => sent = timeProvider.GetUtcNow(),
        };
        try
        {
            var told = await transport().SendAsync(request, cancellationToken).ConfigureAwait(false);
            clock.NoteTime(told, sent, timeProvider.GetUtcNow());
            return true;
        }
        catch (OkxException exception)
        {
            HttpLog.ClockUnmeasured(logger, exception.Message);
            return false;
        }
    }

    private static DateTimeOffset ReadTime(ref Utf8JsonReader reader)
    {
        var rows = ReplyRowsReader.Read(ref reader, "times", "time.broken-row", ReadRow);
        return rows.Rows is [var row, ..]
            ? UnixTime.FromMilliseconds(row.Milliseconds!.Value)
            : throw new OkxPayloadException($"OKX told no time ({(rows.LeftOut is [var broken, ..] ? broken.ToString() : "no row")})") { Path = "data[0].ts" };
    }

    private static TimeRow? ReadRow(ref Utf8JsonReader reader, out RowRefusal? refusal)
    {
        var row = new TimeRow();
        var fault = Fields.Read(ref reader, row) ?? (row.Milliseconds is { } time && UnixTime.IsRepresentable(time) ? null : "ts is missing or no instant");
        refusal = fault is null ? null : new RowRefusal("time.broken-row", null, fault, IsBroken: true);
        return fault is null ? row : null;
    }

    private sealed class TimeRow
    {
        public long? Milliseconds { get; set; }
    }
}
