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
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            using var reply = await Reply.ReadAsync(response, settings.Resilience.MaxResponseBytes, timeProvider, cancellationToken).ConfigureAwait(false)
                ?? throw HttpErrors.TooLarge(call, settings.Resilience.MaxResponseBytes);
            call.RetryAfter = reply.RetryAfter;
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
        Envelope envelope;
        try
        {
            envelope = Envelope.Read(reply.Body, call);
        }
        catch (JsonException exception)
        {
            throw HttpErrors.NotJson(call, reply, exception);
        }

        if (HttpErrors.Of(call, reply, envelope) is { } error)
            throw error;
    }

    private static bool IsBrokenConnection(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        HttpRequestException or IOException or InvalidDataException or SecondSendException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };
}
