using System.Net;
using System.Text;

namespace OkxData.Tests.Http;

/// <summary>Stands in the socket's place and answers from a script; the last answer is repeated.</summary>
internal sealed class StubServer(params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] script) : HttpMessageHandler
{
    private readonly Lock _lock = new();

    public List<HttpRequestMessage> Requests { get; } = [];

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

    public static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Throw(Exception exception) => (_, _) => throw exception;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int number;
        lock (_lock)
        {
            number = Requests.Count;
            Requests.Add(request);
        }

        return script[Math.Min(number, script.Length - 1)](request, cancellationToken);
    }
}
