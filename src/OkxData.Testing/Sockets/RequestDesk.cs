using System.Net.WebSockets;
using System.Text;
using OkxData.Testing.Market;

namespace OkxData.Testing.Sockets;

/// <summary>Answers what clients send, in OKX's words.</summary>
internal sealed class RequestDesk(SymbolBook symbols, SimulatorSocketOptions options, FeedBook feeds, PushDesk pushes, SocketLog log)
{
    /// <summary>Answers a message that is not too long.</summary>
    public void Answer(SocketConnection connection, ReadOnlyMemory<byte> message, long now)
    {
        var text = Encoding.UTF8.GetString(message.Span);
        if (text == "ping")
        {
            log.Receive(connection.Entry, text, isRequest: false);
            connection.Send(FrameWriter.Pong, now);
            return;
        }

        var request = SocketRequest.Parse(message);
        var isRequest = request?.Operation is "subscribe" or "unsubscribe" or "login";
        log.Receive(connection.Entry, text, isRequest);
        if (request is null)
            Refuse(connection, "60012", $"Invalid request: {text}", null, now);
        else if (!isRequest)
            Refuse(connection, "60019", $"Invalid op: {request.Operation}", request.Id, now);
        else if (!connection.Count(now, options.RequestsPerHour) && options.EnforceLimits)
            Refuse(connection, "60014", "Requests too frequent", request.Id, now);
        else if (request.Operation == "login")
            Refuse(connection, "60009", "Login failed.", request.Id, now);
        else if (request.Topics is null)
            Refuse(connection, "60013", "Invalid args", request.Id, now);
        else
            Serve(connection, request, now);
    }

    public Frame Notice(SocketConnection connection) => pushes.Writer.Notice(
        "64008", "The connection will soon be closed for a service upgrade. Please reconnect.", IdOf(connection));

    /// <summary>Takes all subscriptions of a connection away.</summary>
    public void Clear(SocketConnection connection)
    {
        foreach (var topic in connection.Topics.ToArray())
            Unsubscribe(connection, topic);
    }

    private void Serve(SocketConnection connection, SocketRequest request, long now)
    {
        foreach (var topic in request.Topics!)
        {
            if (!Has(connection.Path, topic, now))
            {
                Refuse(connection, "60018", $"Wrong URL or channel:{topic.Channel},instId:{topic.Symbol} doesn't exist. Please use the correct URL, channel and parameters referring to API document.", request.Id, now);
                continue;
            }

            Acknowledge(connection, request, topic, now);
            if (request.Operation == "subscribe")
                Subscribe(connection, topic, now);
            else
                Unsubscribe(connection, topic);
        }
    }

    private void Acknowledge(SocketConnection connection, SocketRequest request, SocketTopic topic, long now)
    {
        var frame = pushes.Writer.Acknowledgement(request.Operation, topic, IdOf(request.Id), IdOf(connection));
        var delay = pushes.Faults.AcknowledgementDelay();
        if (delay == TimeSpan.Zero)
            connection.Send(frame, now);
        else
            pushes.Timeline.Plan(now + delay.Ticks, later => connection.Send(frame, later));
    }

    private bool Has(string path, SocketTopic topic, long now)
    {
        var isHere = path == SimulatorPaths.PublicSocket ? topic.Channel == "tickers" : FeedBook.BarOf(topic.Channel) is not null;
        return isHere && symbols.Find(topic.Symbol)?.IsListedAt(new DateTimeOffset(now, TimeSpan.Zero)) == true;
    }

    private void Subscribe(SocketConnection connection, SocketTopic topic, long now)
    {
        if (!connection.Topics.Add(topic))
            return;

        log.Subscribe(connection.Entry, topic);
        feeds.Add(topic, connection, now);
    }

    private void Unsubscribe(SocketConnection connection, SocketTopic topic)
    {
        if (!connection.Topics.Remove(topic))
            return;

        log.Unsubscribe(connection.Entry, topic);
        feeds.Remove(topic, connection);
    }

    private void Refuse(SocketConnection connection, string code, string message, string? id, long now) =>
        connection.Send(pushes.Writer.Error(code, message, IdOf(id), IdOf(connection)), now);

    private string? IdOf(string? requestId) => options.EchoRequestId ? requestId : null;

    private string? IdOf(SocketConnection connection) => options.SendConnectionId ? connection.Id : null;
}
