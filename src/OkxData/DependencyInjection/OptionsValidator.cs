using Microsoft.Extensions.Options;
using OkxData.Caching;
using OkxData.Credentials;
using OkxData.Http;
using OkxData.Rankings;
using OkxData.RateLimiting;
using OkxData.Streaming;
using OkxData.Validation;

namespace OkxData.DependencyInjection;

/// <summary>Checks all options by the rules of their rooms; a message names key, value and what is allowed.</summary>
internal sealed class OptionsValidator : IValidateOptions<OkxMarketDataOptions>
{
    public ValidateOptionsResult Validate(string? name, OkxMarketDataOptions options)
    {
        var faults = EnvironmentFaults(options)
            .Concat(RateLimitingOptionsRules.Check(options.RateLimiting))
            .Concat(ResilienceOptionsRules.Check(options.Resilience))
            .Concat(CachingOptionsRules.Check(options.Caching))
            .Concat(ValidationOptionsRules.Check(options.Validation))
            .Concat(RankingsOptionsRules.Check(options.Rankings))
            .Concat(StreamingOptionsRules.Check(options.Streaming))
            .Concat(CredentialsOptionsRules.Check(options.Credentials))
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> EnvironmentFaults(OkxMarketDataOptions options)
    {
        if (options.Environment is not { } environment)
        {
            yield return $"Environment is null; use OkxEnvironment.Global, Europe, UnitedStates, Demo or Custom(…).";
            yield break;
        }

        if (PublicHosts.IsReachedInPlainText(environment.Rest))
            yield return $"Environment.Rest is {environment.Rest}; http is for this machine and private networks only, where nobody changes prices on the way: it must begin with https://.";
        if (PublicHosts.IsReachedInPlainText(environment.WebSocket))
            yield return $"Environment.WebSocket is {environment.WebSocket}; ws is for this machine and private networks only, where nobody changes prices on the way: it must begin with wss://.";
    }
}
