using System.Net;
using System.Text;

namespace OkxData.Tests.Http;

/// <summary>Stands in the socket's place and answers from a script; the last answer is repeated.</summary>
internal sealed class StubServer(params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] script) : HttpMessageHandler
{
    private readonly Lock _lock = new();

    public List<HttpRequestMessage> Requests { get; } = [];

    /// <summary>When each request came in, by the clock that was given.</summary>
    public List<DateTimeOffset> Times { get; } = [];

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public int Sends
    {
        get
        {
            lock (_lock)
                return Requests.Count;
        }
    }

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Reply(
        string body, HttpStatusCode status = HttpStatusCode.OK, string type = "application/json", TimeSpan? retryAfter = null) => (_, _) =>
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = new(wait);
        return Task.FromResult(response);
    };

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Body(Stream stream) =>
        (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(stream) });

    /// <summary>Never answers.</summary>
    public static async Task<HttpResponseMessage> Hang(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return new HttpResponseMessage();
    }

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Throw(Exception exception) => (_, _) => throw exception;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int number;
        lock (_lock)
        {
            number = Requests.Count;
            Requests.Add(request);
            Times.Add(Clock.GetUtcNow());
        }

        return script[Math.Min(number, script.Length - 1)](request, cancellationToken);
    }
}
