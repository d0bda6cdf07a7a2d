using System.Globalization;
using OkxData.Caching;

namespace OkxData.TestProcess;

/// <summary><c>cache-writer &lt;root&gt; &lt;key prefix&gt; &lt;keys&gt; &lt;first number&gt;</c>: writes rising numbers under its keys in turn, each acknowledged by a line, until it is killed.</summary>
internal static class CacheWriter
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var store = new FileCacheStore(arguments[0]);
        var keys = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        for (var number = int.Parse(arguments[3], CultureInfo.InvariantCulture); ; number++)
        {
            await store.WriteAsync(FormattableString.Invariant($"{arguments[1]}{number % keys}"), NumberedContent.Of(number), WriteCondition.Any);
            Console.WriteLine(number.ToString(CultureInfo.InvariantCulture));
        }
    }
}
