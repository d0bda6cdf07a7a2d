using OkxData.Caching;
using OkxData.Credentials;
using OkxData.Errors;
using OkxData.Http;
using OkxData.Models;

namespace OkxData.Account;

/// <summary>Asks OKX what the key in use may do.</summary>
internal sealed class KeyCheck(OkxTransport transport, Func<CredentialsOptions> options, bool isDemo, CacheMode mode)
{
    /// <exception cref="OkxCredentialException">There is no key that OKX accepts, or it may do more than read and that is not allowed.</exception>
    /// <exception cref="OkxCacheException">The cache is in offline mode.</exception>
    /// <exception cref="OkxException">OKX could not or would not answer.</exception>
    public async Task<KeyReport> VerifyAsync(CancellationToken cancellationToken)
    {
        if (mode == CacheMode.Offline)
            throw new OkxCacheException("Keys cannot be checked in offline mode (Caching.Mode), in which nothing is asked over the network; use another mode.") { Endpoint = AccountEndpoints.Configuration.Name };

        var keyHint = "";
        var request = new OkxRequest<ConfigurationWire>
        {
            Endpoint = AccountEndpoints.Configuration,
            Query = "",
            Subject = "the key in use",
            ReadData = ConfigurationWire.Read,
            OnSigned = hint => keyHint = hint,
        };
        var report = KeyReportMapper.Map(await transport.SendAsync(request, cancellationToken).ConfigureAwait(false), keyHint, isDemo);
        return report.IsReadOnly || !options().RequireReadOnlyKeys
            ? report
            : throw CredentialErrors.NotReadOnly(request.Endpoint.Name, keyHint, KeyReportMapper.Describe(report.Permissions));
    }
}
