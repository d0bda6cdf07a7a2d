using System.Runtime.InteropServices;
using OkxData.Caching;
using OkxData.Models;
using Parquet;
using Parquet.Meta;

namespace OkxData.Candles.Codecs;

/// <summary>Candles as a Parquet file that other tools read as it is; README.md beside has the format.</summary>
internal sealed class ParquetCandleCodec : ICandleCodec
{
    public string Extension => ".parquet";

    public async ValueTask<ReadOnlyMemory<byte>> EncodeAsync(CandleSegment segment, CancellationToken cancellationToken)
    {
        if (SegmentCheck.FindFault(segment) is { } fault)
            throw new ArgumentException($"The segment of '{segment.Symbol}' cannot be stored: {fault}.", nameof(segment));

        // Disposing the writer completes a file whatever happened before, so its bytes are taken only when nothing threw.
        using var stream = new MemoryStream();
        await WriteAsync(segment, stream, cancellationToken).ConfigureAwait(false);
        var content = ParquetSeal.Apply(stream.GetBuffer().AsSpan(0, (int)stream.Length));

        var read = await DecodeAsync(content, cancellationToken).ConfigureAwait(false);
        return SegmentCheck.AreEqual(segment, read)
            ? content
            : throw new InvalidDataException($"The Parquet file of '{segment.Symbol}' does not read back as it was written; nothing is stored.");
    }

    public async ValueTask<CandleSegment> DecodeAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (content.Length > CodecLimits.MaxBytes)
            throw new CorruptPayloadException($"The Parquet file has {content.Length} bytes, {CodecLimits.MaxBytes} are allowed.");

        cancellationToken.ThrowIfCancellationRequested();
        ParquetSeal.Verify(content.Span);
        try
        {
            var segment = await ReadAsync(content, cancellationToken).ConfigureAwait(false);
            return SegmentCheck.FindFault(segment) is { } fault
                ? throw new CorruptPayloadException($"The Parquet file breaks a rule of candles: {fault}.")
                : segment;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException or CorruptPayloadException))
        {
            throw new CorruptPayloadException("The Parquet file cannot be read, though its checksum is right.", exception);
        }
    }

    private static async Task WriteAsync(CandleSegment segment, MemoryStream stream, CancellationToken cancellationToken)
    {
        var layout = new ParquetLayout();
        var writer = await ParquetWriter.CreateAsync(layout.Schema, stream, ParquetLayout.Options(), cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            writer.CustomMetadata = SegmentMetadata.Write(segment);
            for (var start = 0; start < segment.Candles.Length; start += CodecLimits.RowsPerGroup)
            {
                var rows = segment.Candles[start..Math.Min(start + CodecLimits.RowsPerGroup, segment.Candles.Length)];
                cancellationToken.ThrowIfCancellationRequested();
                using var group = writer.CreateRowGroup();
                await WriteGroupAsync(rows, layout, group, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task WriteGroupAsync(ReadOnlyMemory<Candle> rows, ParquetLayout layout, ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        using var columns = new ParquetColumns(rows.Length);
        ParquetRows.Split(rows.Span, columns, out var counts);
        await group.WriteAsync<long>(layout.OpenTime, columns.OpenTimes, null, null, cancellationToken).ConfigureAwait(false);
        for (var figure = 0; figure < ParquetLayout.Contracts; figure++)
            await group.WriteAsync<double>(layout.Figures[figure], columns.Figure(figure), null, null, cancellationToken).ConfigureAwait(false);
        await group.WriteAllPartsAsync<double>(
            layout.Figures[ParquetLayout.Contracts], columns.Figure(ParquetLayout.Contracts)[..counts.Contracts], columns.ContractLevels, null, cancellationToken).ConfigureAwait(false);
        await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(layout.Exact, columns.Exact[..counts.Exact], columns.ExactLevels, null, cancellationToken).ConfigureAwait(false);
        group.CompleteValidate();
    }

    private static async Task<CandleSegment> ReadAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var stream = MemoryMarshal.TryGetArray(content, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
        var reader = await ParquetReader.CreateAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var metadata = SegmentMetadata.Read(reader.CustomMetadata);
            var candles = new Candle[CountRows(reader.Metadata!, metadata, content.Length)];
            var layout = new ParquetLayout();
            var start = 0;
            for (var index = 0; index < reader.RowGroupCount; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var group = reader.OpenRowGroupReader(index);
                var rows = candles.AsMemory(start, (int)group.RowCount);
                await ReadGroupAsync(group, layout, rows, cancellationToken).ConfigureAwait(false);
                start += rows.Length;
            }

            return new CandleSegment
            {
                Symbol = metadata.Symbol,
                Bar = metadata.Bar,
                Candles = candles,
                Covered = metadata.Covered,
                Gaps = metadata.Gaps,
                FetchedAt = metadata.FetchedAt,
                Generation = metadata.Generation,
            };
        }
    }

    private static async Task ReadGroupAsync(ParquetRowGroupReader group, ParquetLayout layout, Memory<Candle> rows, CancellationToken cancellationToken)
    {
        using var columns = new ParquetColumns(rows.Length);
        await group.ReadRawAsync(layout.OpenTime, columns.OpenTimes, null, null, cancellationToken).ConfigureAwait(false);
        for (var figure = 0; figure < ParquetLayout.Contracts; figure++)
            await group.ReadRawAsync(layout.Figures[figure], columns.Figure(figure), null, null, cancellationToken).ConfigureAwait(false);
        await group.ReadRawAsync(layout.Figures[ParquetLayout.Contracts], columns.Figure(ParquetLayout.Contracts), columns.ContractLevels, null, cancellationToken).ConfigureAwait(false);
        await group.ReadRawAsync(layout.Exact, columns.Exact, columns.ExactLevels, null, cancellationToken).ConfigureAwait(false);
        ParquetRows.Join(columns, rows.Span);
    }

    private static int CountRows(FileMetaData file, SegmentMetadata metadata, int length)
    {
        var allowed = Math.Min(Math.Min(CodecLimits.MaxRows, (long)length * CodecLimits.MaxRowsPerByte), metadata.CountOpenings());
        long total = 0;
        foreach (var group in file.RowGroups)
        {
            if (group.NumRows is <= 0 or > CodecLimits.RowsPerGroup || group.Columns.Count != ParquetLayout.ColumnCount || group.Columns.Any(column => column.MetaData?.NumValues != group.NumRows))
                throw new CorruptPayloadException($"A row group of the Parquet file claims {group.NumRows} rows, which cannot be.");
            total += group.NumRows;
        }

        return total <= allowed && total == file.NumRows
            ? (int)total
            : throw new CorruptPayloadException($"The Parquet file of {length} bytes claims {total} rows, at most {allowed} can be.");
    }
}
