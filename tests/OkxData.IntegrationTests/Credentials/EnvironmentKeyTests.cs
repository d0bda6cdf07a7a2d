using NUnit.Framework;
using OkxData.Errors;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Credentials;

/// <summary>The environment is the process's: these run by themselves.</summary>
[NonParallelizable]
public sealed class EnvironmentKeyTests
{
    private const string Key = "key-of-the-environment-1a2b";

    [Test]
    public async Task Verify_KeyInTheEnvironment_IsUsedFromThenOn()
    {
        await using var run = await SimulatedClient.StartAsync(simulator => simulator.Keys.Add(new SimulatedKey(Key, "secret", "phrase")));
        await Assert.ThrowsAsync<OkxCredentialException>(() => run.Client.VerifyCredentialsAsync());
        using var variables = new EnvironmentVariables(Key, "secret", "phrase");

        Assert.That((await run.Client.VerifyCredentialsAsync()).KeyHint, Is.EqualTo("…1a2b"));
    }

    [Test]
    public async Task Verify_HalfAKeyInTheEnvironment_NamesWhatIsMissingAndPublicCallsGoOn()
    {
        using var variables = new EnvironmentVariables(Key, "hidden-secret", null);
        await using var run = await SimulatedClient.StartAsync();

        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => run.Client.VerifyCredentialsAsync()))!;

        Assert.That(failure.Message, Does.Contain("OKX_PASSPHRASE is not").And.Not.Contain("hidden").And.Not.Contain("1a2b"));
        Assert.That(await run.Client.GetTickersAsync(), Is.Not.Empty);
        Assert.That(run.Simulator.RequestCount(SimulatorPaths.AccountConfig), Is.Zero);
    }
}
