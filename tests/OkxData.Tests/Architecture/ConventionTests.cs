using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace OkxData.Tests.Architecture;

[TestFixture]
public sealed class ConventionTests
{
    private static readonly IReadOnlyList<SyntaxTree> Sources = Repository.Parse("src");

    private static readonly IReadOnlyList<SyntaxTree> AllFiles = [.. Sources, .. Repository.Parse("tests", "samples")];

    private delegate IEnumerable<string> Rule(SyntaxTree file);

    [Test]
    public void PublicTypes_StandAloneInAFileOfTheirName() => AssertHolds(Conventions.PublicTypeIsNamedAsTheFile, Sources);

    [Test]
    public void Files_HaveAtMost400Lines() => AssertHolds(Conventions.AtMost400Lines, AllFiles);

    [Test]
    public void Rooms_AreNotImportedProjectWide() => AssertHolds(Conventions.NoGlobalUsingOfOurs, AllFiles);

    [Test]
    public void Projects_DoNotImportRoomsEither()
    {
        var projects = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories);

        Assert.That(projects.Where(project => File.ReadAllText(project).Contains("<Using Include=\"OkxData", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Namespaces_AreTheFolders() => AssertHolds(Conventions.NamespaceIsTheFolder, AllFiles);

    [Test]
    public void AsyncMethods_OfThePublicSurface_TakeATokenLast() => AssertHolds(Conventions.AsyncMethodsTakeAToken, Sources);

    [Test]
    public void Code_IsFinishedAndSwallowsNothing() => AssertHolds(Conventions.NothingUnfinishedOrSwallowed, AllFiles);

    [Test]
    public void InternalClasses_AreSealedStaticOrAbstract()
    {
        var open = OpenInternalClasses(Repository.Parse("src/OkxData")).Concat(OpenInternalClasses(Repository.Parse("src/OkxData.Testing")));

        Assert.That(open, Is.Empty);
    }

    [TestCase(nameof(Conventions.PublicTypeIsNamedAsTheFile), "namespace OkxData.Time; public class B;")]
    [TestCase(nameof(Conventions.PublicTypeIsNamedAsTheFile), "namespace OkxData.Time; public class A; public enum B;")]
    [TestCase(nameof(Conventions.NoGlobalUsingOfOurs), "global using OkxData.Time;")]
    [TestCase(nameof(Conventions.NamespaceIsTheFolder), "namespace OkxData.Times; class A;")]
    [TestCase(nameof(Conventions.AsyncMethodsTakeAToken), "public class A { public Task RunAsync(int count) => null; }")]
    [TestCase(nameof(Conventions.AsyncMethodsTakeAToken), "public class A { public ValueTask<int> Run(CancellationToken token) => default; }")]
    [TestCase(nameof(Conventions.AsyncMethodsTakeAToken), "public interface A { IAsyncEnumerable<int> ReadAsync(); }")]
    [TestCase(nameof(Conventions.NothingUnfinishedOrSwallowed), "class A { /* TO" + "DO: later */ }")]
    [TestCase(nameof(Conventions.NothingUnfinishedOrSwallowed), "class A { void Run() => throw new NotImplementedException(); }")]
    [TestCase(nameof(Conventions.NothingUnfinishedOrSwallowed), "class A { void Run() => Thread .Sleep(1); }")]
    [TestCase(nameof(Conventions.NothingUnfinishedOrSwallowed), "class A { void Run() { try { } catch (Exception) { /* fine */ } } }")]
    public void Rule_FileThatBreaksIt_IsReported(string rule, string text)
    {
        var check = typeof(Conventions).GetMethod(rule)!.CreateDelegate<Rule>();

        Assert.That(check(Repository.ParseText("src/OkxData/Time/A.cs", text)).ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public void AtMost400Lines_LongFile_IsReported()
    {
        var lines = string.Concat(Enumerable.Repeat("// line\n", 400));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Conventions.AtMost400Lines(Repository.ParseText("A.cs", lines)), Is.Empty);
            Assert.That(Conventions.AtMost400Lines(Repository.ParseText("A.cs", lines + "// one more\n")).ToList(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void OpenInternalClasses_OneInACompilation_IsReported()
    {
        var file = Repository.ParseText("src/OkxData/Time/A.cs", "class Open { sealed class Inner; } static class S; abstract class T; partial class P; sealed partial class P; public class U;");

        Assert.That(OpenInternalClasses([file]), Is.EqualTo(new[] { "src/OkxData/Time/A.cs: Open" }));
    }

    private static void AssertHolds(Rule rule, IReadOnlyList<SyntaxTree> files)
    {
        var broken = files.SelectMany(file => rule(file)).ToList();

        Assert.That(broken, Is.Empty, () => string.Join(Environment.NewLine, broken));
    }

    private static List<string> OpenInternalClasses(IReadOnlyList<SyntaxTree> files)
    {
        var compilation = new ArrowFinder([]).Compilation.AddSyntaxTrees(files);
        return [.. from file in files
                   let model = compilation.GetSemanticModel(file)
                   from node in file.GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.ClassDeclarationSyntax>()
                   let symbol = model.GetDeclaredSymbol(node)
                   where symbol is { IsSealed: false, IsStatic: false, IsAbstract: false }
                   where symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
                   select $"{file.FilePath}: {symbol.Name}"];
    }
}
