using System.Buffers;

namespace OkxData.Candles.Codecs;

/// <summary>The columns of one row group, in rented arrays.</summary>
internal sealed class ParquetColumns(int rows) : IDisposable
{
    private readonly long[] _openTimes = ArrayPool<long>.Shared.Rent(rows);
    private readonly double[][] _figures = [.. Enumerable.Range(0, ParquetLayout.FigureCount).Select(_ => ArrayPool<double>.Shared.Rent(rows))];
    private readonly int[] _contractLevels = ArrayPool<int>.Shared.Rent(rows);
    private readonly int[] _exactLevels = ArrayPool<int>.Shared.Rent(rows);
    private readonly ReadOnlyMemory<char>[] _exact = ArrayPool<ReadOnlyMemory<char>>.Shared.Rent(rows);

    public int Rows => rows;

    public Memory<long> OpenTimes => _openTimes.AsMemory(0, rows);

    /// <summary>The values of a figure; for contracts only those that are not null, without gaps.</summary>
    public Memory<double> Figure(int figure) => _figures[figure].AsMemory(0, rows);

    /// <summary>1 where a row has contracts, 0 where they are null.</summary>
    public Memory<int> ContractLevels => _contractLevels.AsMemory(0, rows);

    /// <summary>1 where a row has exact text, 0 where it is null.</summary>
    public Memory<int> ExactLevels => _exactLevels.AsMemory(0, rows);

    /// <summary>The exact texts that are not null, without gaps.</summary>
    public Memory<ReadOnlyMemory<char>> Exact => _exact.AsMemory(0, rows);

    public void Dispose()
    {
        ArrayPool<long>.Shared.Return(_openTimes);
        foreach (var figure in _figures)
            ArrayPool<double>.Shared.Return(figure);
        ArrayPool<int>.Shared.Return(_contractLevels);
        ArrayPool<int>.Shared.Return(_exactLevels);
        ArrayPool<ReadOnlyMemory<char>>.Shared.Return(_exact, clearArray: true);
    }
}
