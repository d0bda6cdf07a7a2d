using System.Text.Json;
using OkxData.Models;

namespace OkxData.Datasets;

/// <summary>What a backtest stood on: symbols, ranges, hashes and coverage of a batch, to be saved beside it and checked later.</summary>
/// <remarks>Immutable and thread-safe. It holds no candle; some hundred bytes for a series of five years of days.</remarks>
public sealed record DatasetManifest
{
    /// <summary>The version of the form that this library writes.</summary>
    public const int CurrentFormat = 1;

    private const int RowsOfABlock = 500;

    /// <summary>The version of the form.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The version of the library that made it.</summary>
    public required string Library { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The series, by symbol in ordinal order.</summary>
    public required IReadOnlyList<ManifestSeries> Series { get; init; }

    /// <summary>The symbols for which the batch had a failure in place of a series, in ordinal order.</summary>
    public IReadOnlyList<string> Failed { get; init; } = [];

    /// <summary>Makes the manifest of a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="timeProvider">The clock that <see cref="CreatedAt"/> is read from; <see langword="null"/> for the system's.</param>
    /// <returns>The manifest.</returns>
    public static DatasetManifest Create(CandleBatch batch, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return new DatasetManifest
        {
            Library = typeof(DatasetManifest).Assembly.GetName().Version?.ToString(3) ?? "",
            CreatedAt = (timeProvider ?? TimeProvider.System).GetUtcNow().ToUniversalTime(),
            Series = [.. batch.Series.Values.OrderBy(series => series.Symbol, StringComparer.Ordinal).Select(Describe)],
            Failed = [.. batch.Failures.Keys.Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>Reads a manifest that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="FormatException">The text is no manifest, one that was damaged, or one of a newer form.</exception>
    public static DatasetManifest Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var manifest = JsonSerializer.Deserialize(json, DatasetJsonContext.Default.DatasetManifest) ?? throw new FormatException("The text is no manifest: it is null.");
            if (manifest.Format < 1)
                throw new FormatException($"The text is no manifest: its form is {manifest.Format} or not named, and the first is 1.");
            if (manifest.Format > CurrentFormat)
                throw new FormatException($"The manifest is of form {manifest.Format}, and this library knows {CurrentFormat}; use a newer version of it.");
            return ManifestRules.FaultOf(manifest) is { } fault ? throw new FormatException($"The text is no manifest: {fault}.") : manifest;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The text is no manifest: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a manifest from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="FormatException">The file is no manifest, or one of a newer form.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<DatasetManifest> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Parse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The manifest as JSON, the same text for the same content.</summary>
    /// <returns>The text.</returns>
    public string ToJson() => JsonSerializer.Serialize(this, DatasetJsonContext.Default.DatasetManifest);

    /// <summary>Writes the manifest to a file; one that is there is replaced as a whole, or stays as it is.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>When it is written.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);
        var temporary = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            await File.WriteAllTextAsync(temporary, ToJson(), cancellationToken).ConfigureAwait(false);
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Compares what the manifest says with a batch of today.</summary>
    /// <param name="batch">The batch; it should cover the manifest's ranges.</param>
    /// <returns>For each series whether it is the same, extended or changed, and where.</returns>
    public DatasetComparison Compare(CandleBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return DatasetComparison.Of(this, batch);
    }

    private static ManifestSeries Describe(CandleSeries series)
    {
        var finished = series.Where(candle => candle.IsFinished).ToArray();
        return new ManifestSeries
        {
            Symbol = series.Symbol,
            Bar = series.Bar.ToCode(),
            From = series.Range.Start,
            To = series.Range.End,
            Rows = finished.Length,
            First = finished.Length == 0 ? null : finished[0].OpenTime,
            Last = finished.Length == 0 ? null : finished[^1].OpenTime,
            Expected = series.Coverage.Expected,
            Gaps = series.Coverage.Gaps.Count,
            Origin = series.Origin,
            RetrievedAt = series.RetrievedAt,
            ContentHash = series.ContentHash,
            Blocks =
            [
                .. finished.Chunk(RowsOfABlock).Select(block => new ManifestBlock
                {
                    First = block[0].OpenTime,
                    Last = block[^1].OpenTime,
                    Rows = block.Length,
                    ContentHash = CandleHash.Of(series.Symbol, series.Bar, block),
                }),
            ],
        };
    }
}
