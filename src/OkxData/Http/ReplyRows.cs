namespace OkxData.Http;

/// <summary>The rows of a reply, each read on its own: one bad row never fails the others.</summary>
/// <param name="Rows">What could be read, in OKX's order.</param>
/// <param name="LeftOut">What could not, and why, in OKX's order.</param>
internal sealed record ReplyRows<T>(IReadOnlyList<T> Rows, IReadOnlyList<LeftOutRow> LeftOut);

/// <summary>A row that is not returned.</summary>
/// <param name="Index">Its place in the reply, the first at 0.</param>
/// <param name="Refusal">Why.</param>
internal readonly record struct LeftOutRow(int Index, RowRefusal Refusal)
{
    public override string ToString() => Refusal.Name is { } name ? $"row {Index} ({name}): {Refusal.Reason}" : $"row {Index}: {Refusal.Reason}";
}

/// <summary>Why a row is not returned.</summary>
/// <param name="Rule">The id of the rule that it breaks.</param>
/// <param name="Name">What the row is about, where that much could be read and the reason does not say so.</param>
/// <param name="Reason">What is wrong, with the figure.</param>
/// <param name="IsBroken">Whether the row is not of the documented shape, rather than of no use.</param>
internal sealed record RowRefusal(string Rule, string? Name, string Reason, bool IsBroken);
