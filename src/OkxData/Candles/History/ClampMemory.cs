namespace OkxData.Candles.History;

/// <summary>Learns how many rows a host really gives for one request; some give fewer than they are asked for.</summary>
/// <remarks>
/// One short reply whose rest turns out to exist may have other causes (a bar slid out of an endpoint's reach); two of the
/// same length have not. Until something is learned, a short page costs no more than its continuation. Thread-safe.
/// </remarks>
internal sealed class ClampMemory
{
    private readonly Lock _gate = new();
    private readonly int[] _clamp = [CandleEndpoints.PageSize, CandleEndpoints.PageSize];
    private readonly int[] _suspected = new int[2];

    /// <summary>The rows that one request to the endpoint brings.</summary>
    public int PageSize(CandleSource source)
    {
        lock (_gate)
            return _clamp[(int)source];
    }

    /// <summary>Tells that a reply held so many rows although there were more.</summary>
    public void NoteShortReply(CandleSource source, int rows)
    {
        lock (_gate)
        {
            if (rows is <= 0 or >= CandleEndpoints.PageSize)
                return;
            if (_suspected[(int)source] == rows)
                _clamp[(int)source] = Math.Min(_clamp[(int)source], rows);
            _suspected[(int)source] = rows;
        }
    }

    /// <summary>Tells that a reply held so many rows, so the endpoint gives at least as many.</summary>
    public void NoteReply(CandleSource source, int rows)
    {
        lock (_gate)
        {
            if (rows > _clamp[(int)source])
                _clamp[(int)source] = CandleEndpoints.PageSize;
        }
    }
}
