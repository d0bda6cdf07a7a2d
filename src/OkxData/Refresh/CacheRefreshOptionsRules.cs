using Microsoft.Extensions.Options;
using OkxData.Models;

namespace OkxData.Refresh;

/// <summary>What <see cref="CacheRefreshOptions"/> must keep to.</summary>
internal sealed class CacheRefreshOptionsRules : IValidateOptions<CacheRefreshOptions>
{
    private const int MostTop = 500;
    private static readonly TimeSpan MostHistory = TimeSpan.FromDays(3653);
    private static readonly TimeSpan MostDelay = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, CacheRefreshOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(CacheRefreshOptions options)
    {
        if (options.Symbols.Count == 0 && options.Top == 0)
            yield return "AddCacheRefresh: neither Symbols nor Top is set; name the instruments, or say how many of the largest assets.";
        foreach (var symbol in options.Symbols.Where(symbol => !IsSymbol(symbol)))
            yield return $"AddCacheRefresh: Symbols has '{symbol}', which is no symbol; they are like BTC-USDT.";
        if (options.Top is < 0 or > MostTop)
            yield return FormattableString.Invariant($"AddCacheRefresh: Top is {options.Top}; it must be from 0 to {MostTop}.");
        if (string.IsNullOrWhiteSpace(options.QuoteCurrency))
            yield return "AddCacheRefresh: QuoteCurrency is empty; it must be a currency such as USDT.";
        foreach (var bar in options.Bars.Where(bar => !bar.IsDefined()))
            yield return FormattableString.Invariant($"AddCacheRefresh: Bars has {(int)bar}; they must be of {string.Join(", ", Enum.GetNames<BarSize>())}.");
        if (options.History < TimeSpan.FromDays(1) || options.History > MostHistory)
            yield return FormattableString.Invariant($"AddCacheRefresh: History is {options.History:c}; it must be from 1 to {MostHistory.TotalDays} days.");
        foreach (var (key, value) in new[] { (nameof(options.Delay), options.Delay), (nameof(options.Spread), options.Spread) })
        {
            if (value < TimeSpan.Zero || value > MostDelay)
                yield return FormattableString.Invariant($"AddCacheRefresh: {key} is {value:c}; it must be from 00:00:00 to {MostDelay:c}.");
        }
    }

    private static bool IsSymbol(string symbol)
    {
        try
        {
            return Models.Symbols.Normalize(symbol, nameof(symbol)).Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
