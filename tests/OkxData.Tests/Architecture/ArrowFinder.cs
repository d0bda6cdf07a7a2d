using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OkxData.Tests.Architecture;

/// <summary>Compiles the sources of src/OkxData and lists every name that points from one room into another.</summary>
/// <remarks>
/// Symbols are resolved, since inside <c>namespace OkxData.X</c> another room needs no using line. Source generators do not run, so what
/// only they declare stays unresolved; <see cref="ResolvedShare"/> tells how much of the code the arrows speak for.
/// </remarks>
internal sealed class ArrowFinder
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("OkxData", StringComparison.Ordinal))
            .Select(file => MetadataReference.CreateFromFile(file)),
    ];

    private readonly List<Arrow> _arrows = [];
    private int _names;
    private int _resolved;

    public ArrowFinder(IReadOnlyList<SyntaxTree> files)
    {
        var usings = Repository.ParseText("GlobalUsings.cs", ImplicitUsings);
        Compilation = CSharpCompilation.Create(
            "OkxData.UnderTest",
            [.. files, usings],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        foreach (var file in files)
            Walk(file);
    }

    public CSharpCompilation Compilation { get; }

    public IReadOnlyList<Arrow> Arrows => _arrows;

    public IReadOnlyList<Arrow> ForbiddenArrows => [.. _arrows.Where(arrow => !Rooms.MayName(arrow.From, arrow.To))];

    public double ResolvedShare => _names == 0 ? 1 : (double)_resolved / _names;

    private void Walk(SyntaxTree file)
    {
        var from = Rooms.OfFile(file.FilePath);
        var model = Compilation.GetSemanticModel(file);
        foreach (var node in file.GetRoot().DescendantNodes())
        {
            if (node is UsingDirectiveSyntax { Name: { } imported } && model.GetSymbolInfo(imported).Symbol is INamespaceSymbol space)
                Add(from, Rooms.OfNamespace(space.ToDisplayString()), space, node);
            else if (node is SimpleNameSyntax name && !name.IsVar)
                Resolve(from, model, name);
        }
    }

    private void Resolve(string from, SemanticModel model, SimpleNameSyntax name)
    {
        var info = model.GetSymbolInfo(name);
        var symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
        _names++;
        if (symbol is null)
            return;

        _resolved++;
        if (symbol is not INamespaceSymbol)
            Add(from, RoomOf(symbol), symbol, name);
    }

    private static string? RoomOf(ISymbol symbol) =>
        symbol.OriginalDefinition.DeclaringSyntaxReferences is [var declaration, ..] && declaration.SyntaxTree.FilePath.StartsWith("src/OkxData/", StringComparison.Ordinal)
            ? Rooms.OfFile(declaration.SyntaxTree.FilePath)
            : null;

    private void Add(string from, string? to, ISymbol symbol, SyntaxNode node)
    {
        if (to is null || to == from)
            return;

        var line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        _arrows.Add(new Arrow(from, to, symbol.ToDisplayString(), $"{node.SyntaxTree.FilePath}:{line}"));
    }
}
