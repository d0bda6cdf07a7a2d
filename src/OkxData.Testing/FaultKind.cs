namespace OkxData.Testing;

/// <summary>How a reply can go wrong.</summary>
public enum FaultKind
{
    /// <summary>HTTP 500 with a line of text.</summary>
    InternalServerError,

    /// <summary>HTTP 502 with a page of HTML, as a proxy answers.</summary>
    BadGateway,

    /// <summary>HTTP 503 with a page of HTML.</summary>
    ServiceUnavailable,

    /// <summary>HTTP 503 with code 50001, no <c>data</c>: what maintenance looks like.</summary>
    Unavailable,

    /// <summary>HTTP 200 with code 50001.</summary>
    UnavailableInOk,

    /// <summary>HTTP 429 with code 50013, systems busy: not the caller's fault.</summary>
    Busy,

    /// <summary>HTTP 200 with code 50013.</summary>
    BusyInOk,

    /// <summary>HTTP 500 with code 50026, system error.</summary>
    SystemError,

    /// <summary>HTTP 200 with code 50026.</summary>
    SystemErrorInOk,

    /// <summary>HTTP 429 with code 50011, as when the limit is exceeded.</summary>
    RateLimited,

    /// <summary>HTTP 200 with code 50011.</summary>
    RateLimitedInOk,

    /// <summary>HTTP 429 with the code 50011 as a JSON number, as in 2021.</summary>
    RateLimitedNumericCode,

    /// <summary>HTTP 429 with a line of text and no code.</summary>
    TooManyRequests,

    /// <summary>HTTP 429 with a line of text and <c>Retry-After</c>.</summary>
    TooManyRequestsRetryAfter,

    /// <summary>HTTP 200 whose JSON ends half way; the transfer itself is whole.</summary>
    TruncatedJson,

    /// <summary>HTTP 200 whose connection ends half way through the promised length.</summary>
    CutTransfer,

    /// <summary>HTTP 200 without a body.</summary>
    EmptyBody,

    /// <summary>HTTP 200 with JSON of another shape.</summary>
    WrongJson,

    /// <summary>The right reply, a little at a time, over <see cref="SimulatorFaultOptions.DripDuration"/>.</summary>
    SlowDrip,

    /// <summary>The connection is reset before anything is answered, on a warm connection too.</summary>
    ConnectionReset,

    /// <summary>
    /// The connection is closed in order before anything is answered. On a warm connection .NET's HTTP stack takes that for
    /// an idle connection that has died, and sends the request again by itself.
    /// </summary>
    ConnectionClosed,

    /// <summary>Nothing is ever answered; the connection stays open until the caller gives up.</summary>
    NoAnswer,

    /// <summary>HTTP 200 with a body of <see cref="SimulatorFaultOptions.OversizedBytes"/>, which compresses well.</summary>
    OversizedBody,
}
