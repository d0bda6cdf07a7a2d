using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using NUnit.Framework;
using OkxData.Credentials;
using OkxData.Tests.Credentials.Hunt;

namespace OkxData.Tests.Credentials;

public sealed class OkxCredentialsTests
{
    private const string Key = "0a1b2c3d-key-of-the-test-9f8e";
    private const string Secret = "5ECRET-of-the-test";
    private const string Passphrase = "phrase of the test";

    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };
    private static readonly OkxCredentials Credentials = new(Key, Secret, Passphrase);

    [Test]
    public void ToString_AnyWay_ShowsTheEndOfTheKeyAlone()
    {
        var inRecord = new Holder(Credentials, 1);

        Assert.That(Credentials.ToString(), Is.EqualTo("OKX key …9f8e"));
        Assert.That($"{Credentials}", Is.EqualTo("OKX key …9f8e"));
        Assert.That(inRecord.ToString(), Is.EqualTo("Holder { Credentials = OKX key …9f8e, Number = 1 }"));
        Assert.That(typeof(OkxCredentials).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value, Is.EqualTo("{ToString(),nq}"));
    }

    [Test]
    public void Serialize_WithSystemTextJson_ShowsTheEndOfTheKeyAlone()
    {
        var json = JsonSerializer.Serialize(new Holder(Credentials, 1), WithFields);

        Assert.That(json, Is.EqualTo("""{"Credentials":{"KeyHint":"\u20269f8e"},"Number":1}"""));
    }

    [Test]
    public void Dump_OfAllMembersAndFields_HasNoneOfTheParts()
    {
        var dump = ObjectDump.Of(Credentials);

        Assert.That(dump, Does.Contain("9f8e"), "the dump reaches into the object");
        Assert.That(SecretSearch.FindIn(dump, Key, Secret, Passphrase), Is.Empty);
    }

    [Test]
    public void Debugger_Fields_AreNotShown()
    {
        var fields = typeof(OkxCredentials).GetFields(BindingFlags.Instance | BindingFlags.NonPublic);

        Assert.That(fields.Where(field => field.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State != DebuggerBrowsableState.Never && !field.Name.Contains("KeyHint")), Is.Empty);
    }

    [Test]
    public void KeyHint_ShortKey_ShowsNothing() => Assert.That(new OkxCredentials("elevenchars", "s", "p").KeyHint, Is.EqualTo("…"));

    [Test]
    public void Equals_AnyPartDiffers_IsFalse()
    {
        Assert.That(new OkxCredentials(Key, Secret, Passphrase), Is.EqualTo(Credentials));
        Assert.That(new OkxCredentials(Key, Secret, Passphrase).GetHashCode(), Is.EqualTo(Credentials.GetHashCode()));
        Assert.That(new OkxCredentials(Key, Secret, "other"), Is.Not.EqualTo(Credentials));
        Assert.That(new OkxCredentials(Key, "other", Passphrase), Is.Not.EqualTo(Credentials));
        Assert.That(new OkxCredentials("another-key-of-9f8e", Secret, Passphrase), Is.Not.EqualTo(Credentials));
    }

    [TestCase("", "s", "p", "key", "missing")]
    [TestCase("k", null, "p", "secret", "missing")]
    [TestCase("k", "s", "", "passphrase", "missing")]
    [TestCase("k", "s", "hidden-phrase ", "passphrase", "space")]
    [TestCase("k", "hidden-secret\n", "p", "secret", "line break")]
    [TestCase("hidden-kéy", "s", "p", "key", "character")]
    public void Constructor_PartThatIsNone_NamesItAndNeverShowsIt(string? key, string? secret, string? passphrase, string named, string fault)
    {
        var failure = Assert.Throws<ArgumentException>(() => _ = new OkxCredentials(key!, secret!, passphrase!))!;

        Assert.That(failure.ParamName, Is.EqualTo(named));
        Assert.That(failure.ToString(), Does.Contain(fault).And.Not.Contain("hidden"));
    }

    [Test]
    public void Redact_TextOfAServerThatRepeatsAPart_TakesItOut() =>
        Assert.That(Credentials.Redact($"key {Key.ToUpperInvariant()} with {Secret} and '{Passphrase}'"), Is.EqualTo("key (hidden) with (hidden) and '(hidden)'"));

    private sealed record Holder(OkxCredentials Credentials, int Number);
}
