using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OkxData.Tests.Architecture;

/// <summary>Rules about one file that no analyzer of the build knows; each returns what breaks it, with the place.</summary>
internal static class Conventions
{
    private const int MaxLines = 400;

    private static readonly string[] UnfinishedWords = ["TODO", "FIXME", "HACK"];

    /// <summary>A file is named after its public type, so it holds one at most: Type.cs, or Type.Part.cs of a partial one.</summary>
    public static IEnumerable<string> PublicTypeIsNamedAsTheFile(SyntaxTree file) =>
        from node in file.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        where node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
        let type = (MemberDeclarationSyntax)node
        where IsPublic(type) && NameOf(type) != Path.GetFileName(file.FilePath).Split('.')[0]
        select $"{Place(type)}: public type {NameOf(type)}";

    public static IEnumerable<string> AtMost400Lines(SyntaxTree file)
    {
        var lines = file.GetText().Lines.Count;
        if (lines - 1 > MaxLines)
            yield return $"{file.FilePath}: {lines - 1} lines";
    }

    public static IEnumerable<string> NoGlobalUsingOfOurs(SyntaxTree file) =>
        from line in file.GetRoot().DescendantNodes().OfType<UsingDirectiveSyntax>()
        where line.GlobalKeyword != default && line.Name?.ToString().StartsWith("OkxData", StringComparison.Ordinal) == true
        select $"{Place(line)}: {line}";

    /// <summary>The namespace is the project and its folders; extensions of a host's builders are where the host's using is.</summary>
    public static IEnumerable<string> NamespaceIsTheFolder(SyntaxTree file)
    {
        var folders = file.FilePath.Split('/')[1..^1];
        var expected = string.Join('.', folders);
        return from declaration in file.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
               let actual = declaration.Name.ToString()
               where actual != expected && !(folders.Contains("DependencyInjection") && actual == "Microsoft.Extensions.DependencyInjection")
               select $"{Place(declaration)}: namespace {actual}, not {expected}";
    }

    /// <summary>A public method that returns something to await ends in Async and takes a token last.</summary>
    public static IEnumerable<string> AsyncMethodsTakeAToken(SyntaxTree file) =>
        from method in file.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
        where IsVisible(method) && ReturnsSomethingToAwait(method)
        let name = method.Identifier.ValueText
        let token = method.ParameterList.Parameters.LastOrDefault()?.Type?.ToString() == nameof(CancellationToken)
        where !name.EndsWith("Async", StringComparison.Ordinal) || !(token || name == nameof(IAsyncDisposable.DisposeAsync))
        select $"{Place(method)}: {name}{method.ParameterList}";

    /// <summary>Nothing unfinished, nothing that blocks a thread, and no failure that vanishes.</summary>
    public static IEnumerable<string> NothingUnfinishedOrSwallowed(SyntaxTree file)
    {
        var root = file.GetRoot();
        var comments = from trivia in root.DescendantTrivia()
                       where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
                             || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)
                       where UnfinishedWords.Any(word => trivia.ToString().Contains(word, StringComparison.Ordinal))
                       select $"{Place(trivia.SyntaxTree!, trivia.Span)}: {trivia}";
        var names = from name in root.DescendantNodes().OfType<SimpleNameSyntax>()
                    where name.Identifier.ValueText == "NotImplementedException"
                          || (name.Identifier.ValueText == "Sleep" && name.Parent is MemberAccessExpressionSyntax access && access.Expression.ToString().EndsWith("Thread", StringComparison.Ordinal))
                    select $"{Place(name)}: {name.Parent}";
        var catches = from clause in root.DescendantNodes().OfType<CatchClauseSyntax>()
                      where clause.Block.Statements.Count == 0
                      select $"{Place(clause)}: an empty catch";
        return comments.Concat(names).Concat(catches);
    }

    private static bool ReturnsSomethingToAwait(MethodDeclarationSyntax method) =>
        method.ReturnType is SimpleNameSyntax { Identifier.ValueText: "Task" or "ValueTask" or "IAsyncEnumerable" };

    private static bool IsVisible(MethodDeclarationSyntax method) =>
        !method.Modifiers.Any(SyntaxKind.OverrideKeyword)
        && (method.Modifiers.Any(SyntaxKind.PublicKeyword) || (method.Parent is InterfaceDeclarationSyntax && method.Modifiers.Count == 0))
        && method.Ancestors().OfType<TypeDeclarationSyntax>().All(IsPublic);

    private static bool IsPublic(MemberDeclarationSyntax member) => member.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static string NameOf(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax named ? named.Identifier.ValueText : ((DelegateDeclarationSyntax)type).Identifier.ValueText;

    private static string Place(SyntaxNode node) => Place(node.SyntaxTree, node.Span);

    private static string Place(SyntaxTree file, Microsoft.CodeAnalysis.Text.TextSpan span) =>
        $"{file.FilePath}:{file.GetLineSpan(span).StartLinePosition.Line + 1}";
}
