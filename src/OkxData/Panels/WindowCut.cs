namespace OkxData.Panels;

/// <summary>The rows and columns of a panel that a window keeps, and the columns that it drops.</summary>
internal sealed class WindowCut
{
    private readonly int _firstRow;
    private readonly int[] _columns;

    private WindowCut(PanelFrame frame, int firstRow, int[] columns, DroppedAsset[] dropped) =>
        (Frame, _firstRow, _columns, Dropped) = (frame, firstRow, columns, dropped);

    public PanelFrame Frame { get; }

    public DroppedAsset[] Dropped { get; }

    public static WindowCut Of(PanelFrame frame, bool[,] observed, DateTimeOffset asOf, int bars, double minObserved, string what)
    {
        var window = TrailingWindow.Of(frame.Bar, asOf, bars, minObserved);
        var (first, end) = (RowAt(frame.Opens, window.Start), RowAt(frame.Opens, window.End));
        var columns = new List<int>();
        var dropped = new List<DroppedAsset>();
        for (var column = 0; column < frame.Symbols.Length; column++)
        {
            var count = new ObservationCount();
            for (var row = first; row < end; row++)
            {
                if (observed[row, column])
                    count = count.With(frame.Opens[row]);
            }

            if (count.Judge(frame.Symbols[column], window, minObserved, what) is { } drop)
                dropped.Add(drop);
            else
                columns.Add(column);
        }

        var kept = frame with { Symbols = [.. columns.Select(column => frame.Symbols[column])], Opens = frame.Opens[first..end] };
        return new WindowCut(kept, first, [.. columns], [.. dropped]);
    }

    public T[,] Take<T>(T[,] all)
    {
        var part = new T[Frame.Opens.Length, _columns.Length];
        for (var row = 0; row < Frame.Opens.Length; row++)
        {
            for (var column = 0; column < _columns.Length; column++)
                part[row, column] = all[_firstRow + row, _columns[column]];
        }

        return part;
    }

    private static int RowAt(long[] opens, long open)
    {
        var index = Array.BinarySearch(opens, open);
        return index < 0 ? ~index : index;
    }
}
