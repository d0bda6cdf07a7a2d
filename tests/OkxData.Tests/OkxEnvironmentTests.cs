using NUnit.Framework;

namespace OkxData.Tests;

[TestFixture]
public sealed class OkxEnvironmentTests
{
    private static readonly Uri Rest = new("http://127.0.0.1:5000");
    private static readonly Uri WebSocket = new("ws://127.0.0.1:5000");

    [TestCase("global", "Global")]
    [TestCase("EUROPE", "Europe")]
    [TestCase("us", "UnitedStates")]
    [TestCase("UnitedStates", "UnitedStates")]
    [TestCase("Demo", "Demo")]
    public void FromName_KnownName_IsThatEnvironment(string name, string expected) =>
        Assert.That(OkxEnvironment.FromName(name), Is.SameAs(typeof(OkxEnvironment).GetProperty(expected)!.GetValue(null)));

    [TestCase("")]
    [TestCase("mars")]
    [TestCase(null)]
    public void FromName_AnotherName_IsNull(string? name) => Assert.That(OkxEnvironment.FromName(name!), Is.Null);

    [Test]
    public void Environments_Built_HaveNamesOfTheirOwnAndNoPort()
    {
        OkxEnvironment[] all = [OkxEnvironment.Global, OkxEnvironment.Europe, OkxEnvironment.UnitedStates, OkxEnvironment.Demo];

        Assert.That(all.Select(environment => environment.Name), Is.Unique);
        Assert.That(all.Select(environment => environment.Rest.Scheme), Has.All.EqualTo("https"));
        Assert.That(all.Select(environment => environment.WebSocket.Scheme), Has.All.EqualTo("wss"));
        Assert.That(all.Select(environment => environment.WebSocket.Port), Has.All.EqualTo(443));
        Assert.That(all.Where(environment => environment.IsDemo), Is.EqualTo(new[] { OkxEnvironment.Demo }));
    }

    [Test]
    public void Custom_GoodAddresses_AreKept()
    {
        var environment = OkxEnvironment.Custom("my-proxy-2", Rest, WebSocket);

        Assert.That((environment.Name, environment.Rest, environment.WebSocket, environment.IsDemo), Is.EqualTo(("my-proxy-2", Rest, WebSocket, false)));
        Assert.That(environment, Is.EqualTo(OkxEnvironment.Custom("my-proxy-2", Rest, WebSocket)));
    }

    [TestCase("")]
    [TestCase("..")]
    [TestCase("../x")]
    [TestCase("My")]
    [TestCase("a b")]
    [TestCase("a/b")]
    [TestCase("a.b")]
    [TestCase("é")]
    [TestCase("a\n")]
    [TestCase("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Custom_NameThatIsNoFolder_Throws(string name) =>
        Assert.That(() => OkxEnvironment.Custom(name, Rest, WebSocket), Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("name"));

    [Test]
    public void Custom_AddressOfAnotherKind_Throws()
    {
        Assert.That(() => OkxEnvironment.Custom("x", new Uri("/relative", UriKind.Relative), WebSocket), Throws.ArgumentException.With.Property("ParamName").EqualTo("rest"));
        Assert.That(() => OkxEnvironment.Custom("x", WebSocket, WebSocket), Throws.ArgumentException.With.Property("ParamName").EqualTo("rest"));
        Assert.That(() => OkxEnvironment.Custom("x", Rest, Rest), Throws.ArgumentException.With.Property("ParamName").EqualTo("webSocket"));
        Assert.That(() => OkxEnvironment.Custom("x", null!, WebSocket), Throws.ArgumentNullException);
        Assert.That(() => OkxEnvironment.Custom("x", Rest, null!), Throws.ArgumentNullException);
    }
}
