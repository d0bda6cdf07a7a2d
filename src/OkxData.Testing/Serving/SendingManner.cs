namespace OkxData.Testing.Serving;

/// <summary>How a reply goes out.</summary>
internal enum SendingManner
{
    Whole,
    Drip,
    CutShort,
    Padded,
    Reset,
    Close,
    Never,
}
