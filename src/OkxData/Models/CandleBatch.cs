using OkxData.Errors;

namespace OkxData.Models;

/// <summary>The candles of many instruments: each symbol stands either in <see cref="Series"/> or in <see cref="Failures"/>.</summary>
/// <remarks>What arrived of a failed symbol is archived all the same, so the next call goes on from there. Immutable and thread-safe.</remarks>
public sealed class CandleBatch
{
    private CandleBatch(IReadOnlyDictionary<string, CandleSeries> series, IReadOnlyDictionary<string, OkxException> failures, int requestsSent)
    {
        Series = series;
        Failures = failures;
        RequestsSent = requestsSent;
    }

    /// <summary>The series by symbol, as OKX writes it.</summary>
    public IReadOnlyDictionary<string, CandleSeries> Series { get; }

    /// <summary>Why a symbol has no series, by symbol, as OKX writes it.</summary>
    public IReadOnlyDictionary<string, OkxException> Failures { get; }

    /// <summary>The requests that the call sent to OKX, repeats included.</summary>
    public int RequestsSent { get; }

    /// <summary>Makes a batch, for tests of code that takes one and for clients of other kinds.</summary>
    /// <param name="series">The series; one a symbol.</param>
    /// <param name="failures">The failures by symbol; none of them may stand among the series.</param>
    /// <param name="requestsSent">The requests that it took.</param>
    /// <returns>The batch.</returns>
    /// <exception cref="ArgumentException">A symbol stands twice.</exception>
    public static CandleBatch Create(IEnumerable<CandleSeries> series, IReadOnlyDictionary<string, OkxException>? failures = null, int requestsSent = 0)
    {
        ArgumentNullException.ThrowIfNull(series);
        var bySymbol = new Dictionary<string, CandleSeries>(StringComparer.Ordinal);
        foreach (var one in series)
        {
            if (!bySymbol.TryAdd(one.Symbol, one))
                throw new ArgumentException($"The symbol '{one.Symbol}' stands twice among the series; merge the two first.", nameof(series));
        }

        var failed = new Dictionary<string, OkxException>(StringComparer.Ordinal);
        foreach (var (symbol, exception) in failures ?? new Dictionary<string, OkxException>())
        {
            if (bySymbol.ContainsKey(symbol))
                throw new ArgumentException($"The symbol '{symbol}' stands among the series and the failures; keep one.", nameof(failures));
            failed.Add(symbol, exception);
        }

        return new CandleBatch(bySymbol, failed, requestsSent);
    }

    /// <summary>Throws when any symbol failed, for callers that want all or nothing.</summary>
    /// <exception cref="OkxBatchException">At least one symbol failed; it names them all.</exception>
    public void ThrowIfAnyFailed()
    {
        if (Failures.Count > 0)
            throw new OkxBatchException(Failures);
    }
}
