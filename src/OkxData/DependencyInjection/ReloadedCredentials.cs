using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OkxData.Credentials;

namespace OkxData.DependencyInjection;

/// <summary>The options of keys as they are now; the last good ones while somebody is half-way through changing them.</summary>
internal sealed class ReloadedCredentials(IOptionsMonitor<OkxMarketDataOptions> monitor, string name, ILogger logger)
{
    private CredentialsOptions _last = monitor.Get(name).Credentials;
    private string? _reported;

    public CredentialsOptions Read()
    {
        try
        {
            var options = monitor.Get(name).Credentials;
            Volatile.Write(ref _reported, null);
            Volatile.Write(ref _last, options);
            return options;
        }
        catch (Exception exception) when (exception is InvalidOperationException or OptionsValidationException or ArgumentException)
        {
            // Every signed call comes by here; once is enough for one mistake.
            if (Interlocked.Exchange(ref _reported, exception.Message) != exception.Message)
                CredentialsLog.CredentialsNotReloaded(logger, exception.Message);
            return Volatile.Read(ref _last);
        }
    }
}
