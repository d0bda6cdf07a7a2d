namespace OkxData.Tests.Architecture;

/// <summary>One place where code of a room names something of another.</summary>
internal sealed record Arrow(string From, string To, string Symbol, string Place)
{
    public override string ToString() => $"{Place}: {From} names {To} ({Symbol})";
}
