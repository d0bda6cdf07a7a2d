using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using OkxData.RateLimiting;

namespace OkxData.TestProcess;

/// <summary>Lets every request through at once, for tests whose simulator counts nothing; put in place by the public seam.</summary>
public sealed class NoRateLimits : IRateLimiterFactory
{
    public static void Register(IOkxMarketDataBuilder builder) => builder.Services.AddSingleton<IRateLimiterFactory>(new NoRateLimits());

    public PausableRateLimiter Create(RateLimitBucket bucket, TimeProvider timeProvider) => new Open();

    private sealed class Open : PausableRateLimiter
    {
        public override TimeSpan? IdleDuration => null;

        public override void Pause(TimeSpan duration)
        {
            // A refusal costs nothing here.
        }

        public override ValueTask<RateLimitLease> AcquireBelowAsync(int limit, CancellationToken cancellationToken = default) => new(Granted.Lease);

        public override RateLimiterStatistics? GetStatistics() => null;

        protected override RateLimitLease AttemptAcquireCore(int permitCount) => Granted.Lease;

        protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => new(Granted.Lease);
    }

    private sealed class Granted : RateLimitLease
    {
        public static readonly Granted Lease = new();

        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
