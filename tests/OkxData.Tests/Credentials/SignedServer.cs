using System.Net;
using System.Text;
using OkxData.Credentials;

namespace OkxData.Tests.Credentials;

/// <summary>Stands in the socket's place: answers signed calls from a script and tells the time, and notes the headers of every request.</summary>
internal sealed class SignedServer(Func<SignedServer.Seen, (HttpStatusCode Status, string Body)> answer) : HttpMessageHandler
{
    public const string Ok = """{"code":"0","msg":"","data":[{"perm":"read_only"}]}""";

    private readonly Lock _gate = new();
    private readonly List<Seen> _requests = [];

    public static Func<Seen, (HttpStatusCode, string)> Always(string code, HttpStatusCode status = HttpStatusCode.Unauthorized) => _ => Refuse(code, status);

    public static (HttpStatusCode, string) Refuse(string code, HttpStatusCode status = HttpStatusCode.Unauthorized, string message = "no") =>
        (status, $$"""{"msg":"{{message}}","code":"{{code}}"}""");

    /// <summary>What the server's clock says; <see langword="null"/> for no answer to that question and no Date headers.</summary>
    public Func<DateTimeOffset?> Time { get; set; } = () => null;

    /// <summary>The requests, save those for the time.</summary>
    public IReadOnlyList<Seen> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    public int TimesAsked { get; private set; }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var time = Time();
        (HttpStatusCode Status, string Body) reply;
        lock (_gate)
        {
            if (request.RequestUri!.AbsolutePath == "/api/v5/public/time")
            {
                TimesAsked++;
                reply = time is { } told ? (HttpStatusCode.OK, $$"""{"code":"0","msg":"","data":[{"ts":"{{told.ToUnixTimeMilliseconds()}}"}]}""") : (HttpStatusCode.NotFound, "none");
            }
            else
            {
                var seen = new Seen(_requests.Count, request.RequestUri.PathAndQuery, HeaderOf(request, "KEY"), HeaderOf(request, "SIGN"), HeaderOf(request, "TIMESTAMP"), HeaderOf(request, "PASSPHRASE"));
                _requests.Add(seen);
                reply = answer(seen);
            }
        }

        var response = new HttpResponseMessage(reply.Status) { Content = new StringContent(reply.Body, Encoding.UTF8, "application/json") };
        response.Headers.Date = time;
        return Task.FromResult(response);
    }

    private static string? HeaderOf(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues("OK-ACCESS-" + name, out var values) ? string.Join('|', values) : null;

    /// <summary>What came with a request.</summary>
    internal sealed record Seen(int Number, string Target, string? Key, string? Sign, string? Timestamp, string? Passphrase)
    {
        public bool IsPublic => Key is null && Sign is null && Timestamp is null && Passphrase is null;

        public bool IsSignedWith(OkxCredentials credentials) => Sign == credentials.Sign($"{Timestamp}GET{Target}");
    }
}
