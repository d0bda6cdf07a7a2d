using System.Threading.RateLimiting;

namespace OkxData.RateLimiting;

/// <summary>Tokens in use; none of a bucket when they were refused.</summary>
internal sealed class TokenLease(TokenBucket? bucket, long lease) : RateLimitLease
{
    private TokenBucket? _bucket = bucket;

    public override bool IsAcquired { get; } = bucket is not null;

    public override IEnumerable<string> MetadataNames => [];

    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = null;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Interlocked.Exchange(ref _bucket, null)?.Return(lease);
        base.Dispose(disposing);
    }
}
