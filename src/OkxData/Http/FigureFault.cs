namespace OkxData.Http;

/// <summary>Why a field is not a figure.</summary>
internal enum FigureFault
{
    None,
    Empty,
    Null,
    NotANumber,
    TooManyDigits,
    RowEnds,
}
