using OkxData.Errors;

namespace OkxData.Http;

internal static class HttpErrors
{
    public static OkxException? Map(Exception exception, OkxCall call, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested || exception is not HttpRequestException ? null
            : new OkxTransportException($"{call.Endpoint.Name} for {call.Subject} failed: {exception.Message}", exception) { Endpoint = call.Endpoint.Name };
}
