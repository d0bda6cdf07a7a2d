using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace OkxData.Tests.Architecture;

[TestFixture]
public sealed class ArchitectureTests
{
    private static readonly string[] NamesOfTheTopFloor = ["IOkxMarketClient", "OkxMarketClient", "OkxMarketDataOptions", "OkxEnvironment"];

    private IReadOnlyList<SyntaxTree> _files = null!;
    private ArrowFinder _finder = null!;

    [OneTimeSetUp]
    public void CompileTheLibrary()
    {
        _files = Repository.Parse("src/OkxData");
        _finder = new ArrowFinder(_files);
    }

    [Test]
    public void Folders_OfTheLibrary_AreRoomsOfTheTable()
    {
        var unknown = _files.Select(file => Rooms.OfFile(file.FilePath)).Distinct().Where(room => !Rooms.IsKnown(room));

        Assert.That(unknown, Is.Empty, "Give the room a floor in the design and in Rooms.cs.");
    }

    [Test]
    public void Arrows_BetweenRooms_GoDown() =>
        Assert.That(_finder.ForbiddenArrows, Is.Empty, () => string.Join(Environment.NewLine, _finder.ForbiddenArrows));

    [Test]
    public void Arrows_AreSeenAtAll()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_finder.ResolvedShare, Is.GreaterThan(0.95), "Too many names do not resolve for the arrows to be trusted.");
            Assert.That(_finder.Arrows.Select(arrow => (arrow.From, arrow.To)), Does.Contain(("Models", "Time")));
        }
    }

    [Test]
    public void NamesOfTheTopFloor_BelowIt_AreNotMentioned()
    {
        var mentions =
            from file in _files
            where Rooms.FloorOf(Rooms.OfFile(file.FilePath)) < Rooms.TopFloor
            from token in file.GetRoot().DescendantTokens()
            where token.IsKind(SyntaxKind.IdentifierToken) && NamesOfTheTopFloor.Contains(token.ValueText)
            select $"{file.FilePath}:{token.GetLocation().GetLineSpan().StartLinePosition.Line + 1}: {token.ValueText}";

        Assert.That(mentions, Is.Empty);
    }

    [TestCase("Models", "Candles.CandlePlan? Plan;")]
    [TestCase("Caching", "int Use() => Candles.CandlePlan.Pages;")]
    [TestCase("RateLimiting", "object Use() => new Http.Transport();")]
    [TestCase("Streaming", "int Use() => Http.Transport.Send<int>(1);")]
    [TestCase("Instruments", "Candles.CandlePlan Use(object o) => (Candles.CandlePlan)o;")]
    [TestCase("Http", "OkxMarketDataOptions? Options;")]
    [TestCase("Errors", "Caching.ICacheStore? Store;")]
    public void ForbiddenArrows_OneInACompilation_IsFound(string room, string member)
    {
        var finder = new ArrowFinder([.. SmallLibrary(), Repository.ParseText($"src/OkxData/{room}/Offender.cs", $"namespace OkxData.{room}; class Offender {{ {member} }}")]);

        Assert.That(finder.ForbiddenArrows.Select(arrow => arrow.From), Is.Not.Empty.And.All.EqualTo(room));
    }

    [Test]
    public void ForbiddenArrows_UsingLineAlone_IsFound()
    {
        var finder = new ArrowFinder([.. SmallLibrary(), Repository.ParseText("src/OkxData/Time/Offender.cs", "using OkxData.Http; namespace OkxData.Time; class Offender;")]);

        Assert.That(finder.ForbiddenArrows.Select(arrow => (arrow.From, arrow.To)), Is.EqualTo(new[] { ("Time", "Http") }));
    }

    [TestCase("Candles", "Instruments.InstrumentService? Service;")]
    [TestCase("Candles/Codecs", "CandlePlan? Plan;")]
    [TestCase("Http", "Caching.ICacheStore? Store;")]
    [TestCase("DependencyInjection", "OkxMarketDataOptions? Options;")]
    public void ForbiddenArrows_AllowedOne_IsNotReported(string folder, string member)
    {
        var space = $"OkxData.{folder.Replace('/', '.')}";
        var finder = new ArrowFinder([.. SmallLibrary(), Repository.ParseText($"src/OkxData/{folder}/Neighbour.cs", $"namespace {space}; class Neighbour {{ {member} }}")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(finder.ForbiddenArrows, Is.Empty);
            Assert.That(finder.ResolvedShare, Is.EqualTo(1));
        }
    }

    private static IEnumerable<SyntaxTree> SmallLibrary() =>
    [
        Repository.ParseText("src/OkxData/OkxMarketDataOptions.cs", "namespace OkxData; public class OkxMarketDataOptions;"),
        Repository.ParseText("src/OkxData/Caching/ICacheStore.cs", "namespace OkxData.Caching; public interface ICacheStore;"),
        Repository.ParseText("src/OkxData/Http/Transport.cs", "namespace OkxData.Http; class Transport { public static T Send<T>(T value) => value; }"),
        Repository.ParseText("src/OkxData/Instruments/InstrumentService.cs", "namespace OkxData.Instruments; class InstrumentService;"),
        Repository.ParseText("src/OkxData/Candles/CandlePlan.cs", "namespace OkxData.Candles; class CandlePlan { public const int Pages = 1; }"),
    ];
}
