using System.Collections;
using OkxData.Models;

namespace OkxData.Caching;

/// <summary>A list that tells where it came from and when.</summary>
internal sealed class DatedList<T>(CachedDocument<IReadOnlyList<T>> document) : IReadOnlyList<T>, IDatedAnswer
{
    public DateTimeOffset RetrievedAt => document.FetchedAt;

    public DataOrigin Origin => document.Origin;

    public int Count => document.Value.Count;

    public T this[int index] => document.Value[index];

    public IEnumerator<T> GetEnumerator() => document.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
