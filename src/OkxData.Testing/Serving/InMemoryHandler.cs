using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using OkxData.Testing.Virtual;

namespace OkxData.Testing.Serving;

/// <summary>The REST half without a network: a client's innermost handler. All waiting is by the exchange's clock.</summary>
internal sealed class InMemoryHandler(RequestPipeline pipeline, Wire wire, SimulatorFaultOptions faults, TimeProvider clock, Bustle bustle) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bustle.Enter();
        var isHandedOver = false;
        try
        {
            var reply = await pipeline.AnswerAsync(RequestOf(request), () => bustle.WaitAsync(wire.CrossAsync(clock, cancellationToken))).ConfigureAwait(false);
            switch (reply.Manner)
            {
                case SendingManner.Reset or SendingManner.Close:
                    throw new HttpRequestException(HttpRequestError.ResponseEnded, "An error occurred while sending the request.", new HttpIOException(HttpRequestError.ResponseEnded, "The simulator has ended the connection."));
                case SendingManner.Never:
                    await bustle.WaitAsync(Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken)).ConfigureAwait(false);
                    break;
            }

            isHandedOver = true;
            return ResponseOf(reply, request, cancellationToken);
        }
        finally
        {
            if (!isHandedOver)
                bustle.Leave();
        }
    }

    private static HttpRequest RequestOf(HttpRequestMessage message)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = message.Method.Method;
        request.Path = message.RequestUri!.AbsolutePath;
        request.QueryString = new QueryString(message.RequestUri.Query);
        foreach (var header in message.Headers)
            request.Headers[header.Key] = header.Value.ToArray();
        return request;
    }

    private HttpResponseMessage ResponseOf(Reply reply, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new StreamContent(new ReplyStream(reply, faults, clock, bustle, cancellationToken));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(reply.ContentType);
        if (reply.Manner != SendingManner.Padded)
            content.Headers.ContentLength = reply.Body.Length;
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status) { RequestMessage = request, Content = content };
        response.Headers.Date = reply.Date;
        if (reply.RetryAfter is { } wait)
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)));
        return response;
    }
}
