using System.Globalization;
using OkxData.Caching;

namespace OkxData.TestProcess;

/// <summary><c>cache-counter &lt;root&gt; &lt;key&gt; &lt;times&gt;</c>: adds one to the number under a key so many times, by conditional writes, against whoever else does the same.</summary>
internal static class CacheCounter
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var store = new FileCacheStore(arguments[0]);
        var times = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        for (var done = 0; done < times;)
        {
            var item = await store.ReadAsync(arguments[1]);
            var number = item is null ? 0 : NumberedContent.NumberOf(item.Content.Span) ?? throw new InvalidDataException("a torn number");
            var condition = item is null ? WriteCondition.Absent : WriteCondition.Matches(item.Version);
            if (await store.WriteAsync(arguments[1], NumberedContent.Of(number + 1), condition) is not null)
                done++;
        }

        return 0;
    }
}
