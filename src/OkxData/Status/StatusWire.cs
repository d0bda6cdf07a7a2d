using System.Text.Json;
using OkxData.Http;
using OkxData.Validation;

namespace OkxData.Status;

/// <summary>A row of the status as OKX sends it.</summary>
internal sealed class StatusWire
{
    private static readonly RowFields<StatusWire> Fields = new RowFields<StatusWire>()
        .Word("title", (row, value) => row.Title = value)
        .Word("state", (row, value) => row.State = value)
        .Time("begin", (row, value) => row.Begin = value)
        .Time("end", (row, value) => row.End = value)
        .Time("preOpenBegin", (row, value) => row.PreOpenBegin = value)
        .Word("href", (row, value) => row.Href = value)
        .Word("scheDesc", (row, value) => row.ScheDesc = value)
        .Word("serviceType", (row, value) => row.ServiceType = value)
        .Word("maintType", (row, value) => row.MaintType = value)
        .Word("env", (row, value) => row.Env = value);

    public string? Title { get; private set; }

    public string? State { get; private set; }

    public long? Begin { get; private set; }

    public long? End { get; private set; }

    public long? PreOpenBegin { get; private set; }

    public string? Href { get; private set; }

    public string? ScheDesc { get; private set; }

    public string? ServiceType { get; private set; }

    public string? MaintType { get; private set; }

    /// <summary>1 for live trading, 2 for demo trading.</summary>
    public string? Env { get; private set; }

    public static ReplyRows<StatusWire> ReadRows(ref Utf8JsonReader reader) =>
        ReplyRowsReader.Read(ref reader, "status rows", ValidationRules.StatusBrokenRow, ReadRow);

    private static StatusWire? ReadRow(ref Utf8JsonReader reader, out RowRefusal? refusal)
    {
        var row = new StatusWire();
        var fault = Fields.Read(ref reader, row) ?? (row.Begin is null ? "begin is missing" : null);
        refusal = fault is null ? null : new RowRefusal(ValidationRules.StatusBrokenRow, row.Title, fault, IsBroken: true);
        return fault is null ? row : null;
    }
}
