using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OkxData.Http;

namespace OkxData.Tests.Http;

/// <summary>Stands below the transport: gives <c>data</c> to the call, as the chain's reply check does, and notes what was asked.</summary>
internal sealed class CannedHandler(string data) : HttpMessageHandler
{
    public List<(string PathAndQuery, string Scope)> Asked { get; } = [];

    public OkxTransport CreateTransport() => new(new HttpClient(this), new HttpSettings
    {
        BaseAddress = new Uri("https://okx.test"),
        Resilience = new ResilienceOptions(),
        Share = 1,
    }, TimeProvider.System);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = OkxCall.Of(request);
        Asked.Add((request.RequestUri!.PathAndQuery, call.Scope));
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(data));
        reader.Read();
        call.ReadData(ref reader);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
    }
}
