using Microsoft.Extensions.DependencyInjection;

namespace OkxData.Http;

internal static class OkxHttpPipeline
{
    public static IHttpClientBuilder AddOkxHttpPipeline(
        this IHttpClientBuilder builder, Func<IServiceProvider, HttpSettings> settings, Func<IServiceProvider, TimeProvider> timeProvider)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return builder;
    }
}
