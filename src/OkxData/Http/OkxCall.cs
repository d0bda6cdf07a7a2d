using System.Text.Json;
using OkxData.Credentials;

namespace OkxData.Http;

/// <summary>A call on its way through the chain: what the handlers must know of it, and what they bring back.</summary>
internal abstract class OkxCall
{
    public static readonly HttpRequestOptionsKey<OkxCall> Key = new("OkxData.Call");

    public abstract EndpointDefinition Endpoint { get; }

    public abstract string Scope { get; }

    public abstract string Subject { get; }

    public abstract bool HasStandIn { get; }

    public abstract bool IsProbe { get; }

    /// <summary>How the host fares that is called.</summary>
    public required HostPulse Pulse { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public Exception? LastFailure { get; set; }

    /// <summary>How often the call went to the wire so far.</summary>
    public int Sends { get; private set; }

    /// <summary>The key that the attempt under way, or the last one, is signed with; <see langword="null"/> where it is not signed.</summary>
    public SignedKey? SignedWith { get; set; }

    /// <summary>How long the last reply asked to wait, where it did.</summary>
    public TimeSpan? RetryAfter { get; set; }

    public abstract void ReadData(ref Utf8JsonReader reader);

    /// <summary>Drops what an earlier attempt read.</summary>
    public abstract void Forget();

    public void CountSend()
    {
        Sends++;
        OnSend();
    }

    /// <summary>Tells who asked which key an attempt is signed with, by its end.</summary>
    public abstract void OnSigned(string keyHint);

    public static OkxCall Of(HttpRequestMessage request) => request.Options.TryGetValue(Key, out var call)
        ? call
        : throw new InvalidOperationException($"The HTTP client of OkxData only carries its own calls; {request.RequestUri} was not sent through {nameof(OkxTransport)}.");

    protected abstract void OnSend();
}

internal sealed class OkxCall<T>(OkxRequest<T> request) : OkxCall
{
    private bool _hasResult;
    private T? _result;

    public override EndpointDefinition Endpoint => request.Endpoint;

    public override string Scope => request.Scope;

    public override string Subject => request.Subject;

    public override bool HasStandIn => request.HasStandIn;

    public override bool IsProbe => request.IsProbe;

    public override void ReadData(ref Utf8JsonReader reader) => (_result, _hasResult) = (request.ReadData(ref reader), true);

    public override void OnSigned(string keyHint) => request.OnSigned?.Invoke(keyHint);

    public override void Forget() => (_result, _hasResult) = (default, false);

    public T TakeResult() => _hasResult
        ? _result!
        : throw new InvalidOperationException($"{Endpoint.Name} returned without a reply being read: a handler on the client answers in place of OkxData's own.");

    protected override void OnSend() => request.OnSend?.Invoke();
}
