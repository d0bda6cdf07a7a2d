using System.Text.Json;

namespace OkxData.Http;

/// <summary>Reads the whole body and judges it, so that a retry outside sees a failure wherever OKX put it.</summary>
internal sealed class EnvelopeHandler(HttpSettings settings, TimeProvider timeProvider) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = OkxCall.Of(request);
        call.RetryAfter = null;
        HttpResponseMessage? response = null;
        var sent = timeProvider.GetUtcNow();
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            settings.Clock?.NoteReply(response, sent);
            using var reply = await Reply.ReadAsync(response, settings.Resilience.MaxResponseBytes, timeProvider, cancellationToken).ConfigureAwait(false)
                ?? throw HttpErrors.TooLarge(call, settings.Resilience.MaxResponseBytes);
            // Who does not say how long has, by our knowledge, a window to let pass; OKX's is short, and its bucket waits for it anyway.
            call.RetryAfter = reply.RetryAfter ?? (reply.Status == 429 && !call.Endpoint.Service.HasEnvelope ? call.Endpoint.Quota.Window : null);
            Judge(reply, call);
            return response;
        }
        catch (Exception exception)
        {
            response?.Dispose();
            if (IsBrokenConnection(exception, cancellationToken))
                throw HttpErrors.Broken(call, exception);
            throw;
        }
    }

    private static void Judge(Reply reply, OkxCall call)
    {
        try
        {
            if (!call.Endpoint.Service.HasEnvelope)
                PlainReply.Judge(reply, call);
            else if (HttpErrors.Of(call, reply, Envelope.Read(reply.Body, call)) is { } error)
                throw error;
        }
        catch (JsonException exception)
        {
            throw HttpErrors.NotJson(call, reply, exception);
        }
    }

    private static bool IsBrokenConnection(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        HttpRequestException or IOException or InvalidDataException or SecondSendException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };
}
