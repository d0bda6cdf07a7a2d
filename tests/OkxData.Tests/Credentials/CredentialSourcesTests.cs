using NUnit.Framework;
using OkxData.Credentials;
using OkxData.Errors;

namespace OkxData.Tests.Credentials;

public sealed class CredentialSourcesTests
{
    private static readonly OkxCredentials Provided = new("provided-key-1111", "s", "p");
    private static readonly OkxCredentials Set = new("key-of-the-options-2222", "s", "p");
    private static readonly OkxCredentials Found = new("key-of-the-environment-3333", "hidden-secret", "hidden-phrase");

    private readonly Dictionary<string, string> _environment = [];
    private readonly CredentialsOptions _options = new();

    [SetUp]
    public void SetUp()
    {
        _environment.Clear();
        _options.Keys.Clear();
        _options.ReadEnvironment = true;
        (_environment["OKX_API_KEY"], _environment["OKX_API_SECRET"], _environment["OKX_PASSPHRASE"]) = ("key-of-the-environment-3333", "hidden-secret", "hidden-phrase");
    }

    [Test]
    public async Task Read_AllHaveKeys_ProvidersComeFirstInTheirOrder()
    {
        _options.Keys.Add(Set);

        Assert.That(await ReadAsync(new Provider(Provided), new Provider(Set)), Is.EqualTo(new[] { Provided }));
        Assert.That(await ReadAsync(new Provider(), new Provider(Provided)), Is.EqualTo(new[] { Provided }), "one without keys passes the question on");
    }

    [Test]
    public async Task Read_NoProviderHasAny_OptionsAndThenTheEnvironment()
    {
        Assert.That(await ReadAsync(new Provider()), Is.EqualTo(new[] { Found }));
        _options.Keys.Add(Set);
        Assert.That(await ReadAsync(new Provider()), Is.EqualTo(new[] { Set }));
    }

    [Test]
    public async Task Read_EnvironmentSwitchedOff_IsNotRead()
    {
        _environment.Remove("OKX_PASSPHRASE");
        _options.ReadEnvironment = false;

        Assert.That(await ReadAsync(), Is.Empty);
    }

    [Test]
    public async Task Read_EnvironmentWithoutAny_IsNone([Values] bool isEmpty)
    {
        foreach (var name in _environment.Keys)
            _environment[name] = "";
        if (!isEmpty)
            _environment.Clear();

        Assert.That(await ReadAsync(), Is.Empty);
    }

    [TestCase("OKX_API_KEY", "OKX_API_SECRET and OKX_PASSPHRASE are set and OKX_API_KEY is not")]
    [TestCase("OKX_API_SECRET", "OKX_API_KEY and OKX_PASSPHRASE are set and OKX_API_SECRET is not")]
    [TestCase("OKX_PASSPHRASE", "OKX_API_KEY and OKX_API_SECRET are set and OKX_PASSPHRASE is not")]
    public async Task Read_PartOfTheEnvironmentIsMissing_NamesItAndNoValue(string missing, string said)
    {
        _environment.Remove(missing);

        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => ReadAsync()))!;

        Assert.That(failure.Message, Does.Contain(said).And.Not.Contain("hidden").And.Not.Contain("3333"));
        Assert.That(failure.Endpoint, Is.EqualTo("GET /x"));
    }

    [Test]
    public async Task Read_EnvironmentWithALineBreak_NamesTheVariableAndNoValue()
    {
        _environment["OKX_API_SECRET"] = "hidden-secret\n";

        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => ReadAsync()))!;

        Assert.That(failure.ToString(), Does.Contain("OKX_API_SECRET has a character").And.Not.Contain("hidden"));
    }

    [Test]
    public async Task Read_ProviderFails_SaysWhichAndDoesNotGoOnToAnother()
    {
        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => ReadAsync(new Provider { Failure = new IOException("vault sealed") }, new Provider(Provided))))!;

        Assert.That(failure.Message, Does.Contain("Provider failed (IOException)"));
        Assert.That(failure.InnerException, Is.TypeOf<IOException>());
    }

    [Test]
    public async Task Read_ProviderGivesNull_SaysSo()
    {
        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => ReadAsync(new Provider(null!), new Provider(Provided))))!;

        Assert.That(failure.Message, Does.Contain("Provider gave null").And.Contain("empty list"));
    }

    [Test]
    public async Task Read_CallerCancels_IsACancellation()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThatAsync(() => ReadAsync(source.Token, new Provider { Failure = new OperationCanceledException() }), Throws.InstanceOf<OperationCanceledException>());
    }

    private Task<IReadOnlyList<OkxCredentials>> ReadAsync(params IOkxCredentialProvider[] providers) => ReadAsync(default, providers);

    private async Task<IReadOnlyList<OkxCredentials>> ReadAsync(CancellationToken cancellationToken, params IOkxCredentialProvider[] providers) =>
        await new CredentialSources(() => providers, () => _options, new EnvironmentCredentials(_environment.GetValueOrDefault)).ReadAsync("GET /x", cancellationToken);

    private sealed class Provider(params OkxCredentials[] keys) : IOkxCredentialProvider
    {
        public Exception? Failure { get; init; }

        public ValueTask<IReadOnlyList<OkxCredentials>> GetCredentialsAsync(CancellationToken cancellationToken = default) =>
            Failure is null ? ValueTask.FromResult<IReadOnlyList<OkxCredentials>>(keys) : ValueTask.FromException<IReadOnlyList<OkxCredentials>>(Failure);
    }
}
