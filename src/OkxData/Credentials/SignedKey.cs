namespace OkxData.Credentials;

/// <summary>The key of one attempt, and when the attempt took it.</summary>
internal sealed record SignedKey(OkxCredentials Credentials, long TakenAt);
