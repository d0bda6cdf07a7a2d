using NUnit.Framework;
using OkxData.Caching;

namespace OkxData.Tests.Caching;

[TestFixture]
public sealed class DefaultCacheDirectoryTests
{
    private static readonly string Temporary = Path.GetTempPath();
    private static readonly string Local = Path.Combine(Temporary, "no-such-home", ".local", "share");

    [Test]
    public void Resolve_Home_IsBelowLocalApplicationDataEvenBeforeThatExists() =>
        Assert.That(DefaultCacheDirectory.Resolve(Path.Combine(Temporary, "no-such-home"), Local, Temporary), Is.EqualTo(Path.Combine(Local, "OkxData")));

    [Test]
    public void Resolve_NoHome_IsBelowTheTemporaryFolder([Values("", "/")] string home)
    {
        Assert.That(DefaultCacheDirectory.Resolve(home, Local, Temporary), Is.EqualTo(Path.Combine(Temporary, "OkxData")));
        Assert.That(DefaultCacheDirectory.Resolve(home, "", Temporary), Is.EqualTo(Path.Combine(Temporary, "OkxData")));
    }

    [Test]
    public void Resolve_NoHomeButAFolderForData_IsThatFolder() =>
        Assert.That(DefaultCacheDirectory.Resolve("", Temporary, "/elsewhere"), Is.EqualTo(Path.Combine(Temporary, "OkxData")));

    [Test]
    public void Resolve_ThisSystem_IsAFullPath() =>
        Assert.That(Path.IsPathFullyQualified(DefaultCacheDirectory.Resolve()), Is.True);
}
