using System.Globalization;
using OkxData.Diagnostics;
using OkxData.Errors;
using Polly.CircuitBreaker;

namespace OkxData.Http;

/// <summary>The one place where failures of a call become exceptions and find their words.</summary>
internal static class HttpErrors
{
    /// <summary>What a body that is not JSON means, given the status.</summary>
    public static OkxException NotJson(OkxCall call, Reply reply, Exception cause)
    {
        var what = Describe(reply.Body);
        if (reply.Status == 429)
            return RateLimited(call, reply, default);

        // A broken object may have been any error, one that heals too; anything else with 3xx or 4xx comes from whoever stands before OKX.
        var isRefusal = reply.Status is >= 300 and < 500 and not 408 && !reply.Body.TrimStart(" \t\r\n"u8).StartsWith("{"u8);
        return isRefusal ? Refused(call, reply, what) : NoAnswer(call, $"the reply is {what} (HTTP {reply.Status})", reply.Status, cause);
    }

    /// <summary>What an envelope means, given the status; <see langword="null"/> for success.</summary>
    public static OkxException? Of(OkxCall call, Reply reply, Envelope envelope)
    {
        var code = envelope.Code is null or "0" ? null : Words(call, envelope.Code);
        if (code == OkxErrorCodes.RateLimited || (reply.Status == 429 && code != OkxErrorCodes.Busy))
            return RateLimited(call, reply, envelope);
        if (code is not null && (OkxErrorCodes.IsTransient(code) || reply.Status is < 500 and not 408))
            return Said(call, reply, code, envelope.Message);
        if (reply.Status is >= 500 or 408)
            return NoAnswer(call, $"the server failed (HTTP {reply.Status}{Quote(call, code, envelope.Message)})", reply.Status, null);
        if (reply.Status >= 300)
            return Refused(call, reply, "JSON without an error code of OKX");
        if (envelope.Code is null)
            return WrongShape(call, "the reply is JSON and has no code that is a string or a number", "code", null);
        if (envelope.DataError is { } error)
            return WrongShape(call, Words(call, error.Message), (error as OkxPayloadException)?.Path ?? "data", error);
        return envelope.HasData ? null : NoAnswer(call, "the reply says that all is well and carries no data, as when a gateway cut it", reply.Status, null);
    }

    /// <summary>What JSON without an envelope means, given a status that is not success.</summary>
    public static OkxException OfStatus(OkxCall call, Reply reply, string message) => reply.Status switch
    {
        429 => RateLimited(call, reply, new Envelope { Message = message }),
        >= 500 or 408 => NoAnswer(call, $"the server failed (HTTP {reply.Status}{Quote(call, null, message)})", reply.Status, null),
        _ => Refused(call, reply, message.Length == 0 ? "JSON" : $"\"{message}\""),
    };

    /// <summary>What JSON without an envelope means that cannot be read.</summary>
    public static OkxPayloadException Unreadable(OkxCall call, Exception error) =>
        WrongShape(call, Words(call, error.Message), (error as OkxPayloadException)?.Path ?? "", error);

    /// <summary>Not one that heals by itself: the same call gets the same body again.</summary>
    public static OkxPayloadException TooLarge(OkxCall call, int maxBytes) => WrongShape(
        call, string.Create(CultureInfo.InvariantCulture, $"the reply is larger than {maxBytes} bytes, more than Resilience.MaxResponseBytes allows"), "", null);

    public static OkxTransportException TimedOut(OkxCall call, TimeSpan timeout, Exception cause) => NoAnswer(call, string.Create(
        CultureInfo.InvariantCulture, $"no whole reply came within {timeout.TotalSeconds:0.###} s (Resilience.AttemptTimeout)"), null, cause);

    public static OkxException GaveUp(OkxCall call, TimeSpan limit) => call.LastFailure is OkxMaintenanceException maintenance ? maintenance : NoAnswer(call, string.Create(
        CultureInfo.InvariantCulture, $"{call.Endpoint.Service.Name} has given no answer that can be used for {limit.TotalSeconds:0.###} s{(call.LastFailure is { } last ? "; the last failure: " + last.Message.TrimEnd('.') : "")}"), null, call.LastFailure);

    public static OkxMaintenanceException Maintenance(OkxCall call, Maintenance maintenance, OkxException failure) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{About(call)}: OKX does not answer and has announced \"{ServerText.Clean(maintenance.Title)}\"; try again {WhenOver(maintenance)}, or set Resilience.WaitForMaintenance to wait for that."), failure)
        {
            Endpoint = call.Endpoint.Name,
            HttpStatus = (failure as OkxTransportException)?.HttpStatus ?? (failure as OkxApiException)?.HttpStatus,
            Title = maintenance.Title,
            Until = maintenance.Until,
        };

    public static OkxTransportException Broken(OkxCall call, Exception cause) => NoAnswer(call, cause switch
    {
        SecondSendException => "the connection was closed before an answer came",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host's name could not be resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "the TLS handshake failed",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection could be made",
        InvalidDataException => "the compressed reply is damaged",
        OperationCanceledException => "the connection gave up",
        _ => "the connection broke",
    } + Because(cause), null, cause);

    public static OkxTransportException NoToken(OkxCall call) =>
        NoAnswer(call, "the rate limiter gave no token, so nothing was sent", null, null);

    /// <summary>What escapes the chain without being one of ours; <see langword="null"/> for what is left as it is.</summary>
    public static OkxException? Map(Exception exception, OkxCall call, CancellationToken cancellationToken) => exception switch
    {
        BrokenCircuitException { InnerException: OkxMaintenanceException maintenance } => maintenance,
        BrokenCircuitException => NoAnswer(call, "nothing is sent for a while (Resilience.BreakDuration), since nearly all recent calls failed"
            + (exception.InnerException is null ? "" : "; the last one: " + exception.InnerException.Message.TrimEnd('.')), null, exception),
        HttpRequestException or IOException => Broken(call, exception),
        OperationCanceledException when !cancellationToken.IsCancellationRequested =>
            NoAnswer(call, "the call was given up by the HTTP client, as when that is disposed", null, exception),
        _ => null,
    };

    /// <summary>The likely cause of the rejection of a key, for this client.</summary>
    public static string AdviceForKey(string code, HttpSettings settings)
    {
        var asked = settings.IsDemo ? $"demo trading on {settings.HostKey}" : settings.HostKey;
        return $"{OkxErrorCodes.AdviceFor(code)} (this client calls {asked})";
    }

    private static OkxApiException Said(OkxCall call, Reply reply, string code, string message) =>
        new($"{About(call)}: OKX answered {code}{Quote(call, null, message)} (HTTP {reply.Status}); {OkxErrorCodes.AdviceFor(code)}.")
        {
            Endpoint = call.Endpoint.Name,
            Code = code,
            OkxMessage = Words(call, message),
            HttpStatus = reply.Status,
        };

    private static OkxApiException Refused(OkxCall call, Reply reply, string what) =>
        new($"{About(call)}: the request was refused with HTTP {reply.Status} and {what}; {AdviceFor(reply.Status, call.Endpoint.Service)}.")
        {
            Endpoint = call.Endpoint.Name,
            Code = "",
            HttpStatus = reply.Status,
        };

    private static OkxRateLimitException RateLimited(OkxCall call, Reply reply, Envelope envelope)
    {
        var code = envelope.Code is null or "0" ? "" : Words(call, envelope.Code);
        var wait = reply.RetryAfter is { } retryAfter
            ? string.Create(CultureInfo.InvariantCulture, $"wait {retryAfter.TotalSeconds:0.###} s")
            : "wait a few seconds";
        return new($"{About(call)}: {call.Endpoint.Service.Name} refused the request as one too many (HTTP {reply.Status}{Quote(call, code, envelope.Message)}); {wait}, and {call.Endpoint.Service.LowerUsage}.")
        {
            Endpoint = call.Endpoint.Name,
            Code = code,
            OkxMessage = Words(call, envelope.Message),
            HttpStatus = reply.Status,
            RetryAfter = reply.RetryAfter,
        };
    }

    private static OkxTransportException NoAnswer(OkxCall call, string what, int? status, Exception? cause) =>
        new($"{About(call)}: {what}; try again later{(call.Sends > 1 ? $" ({call.Sends} attempts were made)" : "")}.", cause)
        {
            Endpoint = call.Endpoint.Name,
            HttpStatus = status,
        };

    private static OkxPayloadException WrongShape(OkxCall call, string what, string path, Exception? cause) =>
        new($"{About(call)}: {what.TrimEnd('.')}; report it to the maintainers of OkxData unless something between you and {call.Endpoint.Service.Name} writes the replies.", cause)
        {
            Endpoint = call.Endpoint.Name,
            Path = path,
        };

    private static string WhenOver(Maintenance maintenance) => maintenance.Until switch
    {
        null => "later, it names no end",
        { } until when maintenance.IsOverdue => string.Create(CultureInfo.InvariantCulture, $"later, it was to end at {until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"),
        { } until => string.Create(CultureInfo.InvariantCulture, $"after {until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"),
    };

    private static string About(OkxCall call) => $"{call.Endpoint.Name} for {call.Subject}";

    private static string AdviceFor(int status, HttpService service) => status switch
    {
        401 or 403 or 451 => service.HasEnvelope
            ? "something before OKX (a firewall, a proxy, its content network) does not let this address through; check the region and the environment"
            : $"{service.Name} does not let this address or key through; check the key, and {service.AddressOption}",
        404 or 410 => $"nothing answers there; check {service.AddressOption}",
        407 => "the proxy wants to know who you are; check the system's proxy settings",
        < 400 => $"the host sends callers elsewhere; set {service.AddressOption} to the place itself",
        _ => $"check {service.AddressOption} and what stands between you and {service.Name}",
    };

    private static string Describe(ReadOnlySpan<byte> body)
    {
        var text = body.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
            return "empty";
        return text[0] switch
        {
            (byte)'<' => "a page of HTML or XML",
            (byte)'{' or (byte)'[' => "JSON that is broken or cut off",
            _ => "not JSON",
        };
    }

    private static string Quote(OkxCall call, string? code, string? message)
    {
        var text = Words(call, message);
        return (string.IsNullOrEmpty(code) ? "" : ", " + code) + (text.Length == 0 ? "" : $" \"{text}\"");
    }

    /// <summary>What a server said, without the key that it was told, should it have repeated that.</summary>
    private static string Words(OkxCall call, string? text) =>
        ServerText.Clean(call.SignedWith is { } key && text is not null ? key.Credentials.Redact(text) : text);

    private static string Because(Exception cause)
    {
        var root = cause.GetBaseException();
        return root is SecondSendException ? "" : $" ({ServerText.Clean(root.Message).TrimEnd('.')})";
    }
}
