using System.Text.Json;
using OkxData.Http;
using OkxData.Models;
using OkxData.Validation;

namespace OkxData.Instruments;

/// <summary>A row of instruments as OKX sends it, as far as it is used.</summary>
internal sealed class InstrumentWire
{
    private static readonly RowFields<InstrumentWire> Fields = new RowFields<InstrumentWire>()
        .Word("instType", (row, value) => row.InstType = value)
        .Word("instId", (row, value) => row.InstId = value)
        .Word("baseCcy", (row, value) => row.BaseCcy = value)
        .Word("quoteCcy", (row, value) => row.QuoteCcy = value)
        .Word("settleCcy", (row, value) => row.SettleCcy = value)
        .Word("uly", (row, value) => row.Uly = value)
        .Word("instFamily", (row, value) => row.InstFamily = value)
        .Word("state", (row, value) => row.State = value)
        .Figure("tickSz", (row, value) => row.TickSz = value)
        .Figure("lotSz", (row, value) => row.LotSz = value)
        .Figure("minSz", (row, value) => row.MinSz = value)
        .Figure("ctVal", (row, value) => row.CtVal = value)
        .Word("ctValCcy", (row, value) => row.CtValCcy = value)
        .Time("listTime", (row, value) => row.ListTime = value)
        .Time("expTime", (row, value) => row.ExpTime = value)
        .Word("instCategory", (row, value) => row.InstCategory = value);

    public string? InstType { get; private set; }

    public string? InstId { get; private set; }

    public string? BaseCcy { get; private set; }

    public string? QuoteCcy { get; private set; }

    public string? SettleCcy { get; private set; }

    public string? Uly { get; private set; }

    public string? InstFamily { get; private set; }

    public string? State { get; private set; }

    public decimal? TickSz { get; private set; }

    public decimal? LotSz { get; private set; }

    public decimal? MinSz { get; private set; }

    public decimal? CtVal { get; private set; }

    public string? CtValCcy { get; private set; }

    public long? ListTime { get; private set; }

    public long? ExpTime { get; private set; }

    public string? InstCategory { get; private set; }

    public static ReplyRows<Instrument> ReadRows(ref Utf8JsonReader reader, InstrumentType asked) =>
        ReplyRowsReader.Read(ref reader, "instruments", ValidationRules.InstrumentBrokenRow, (ref row, out refusal) => ReadRow(ref row, asked, out refusal));

    private static Instrument? ReadRow(ref Utf8JsonReader reader, InstrumentType asked, out RowRefusal? refusal)
    {
        var wire = new InstrumentWire();
        var fault = Fields.Read(ref reader, wire) ?? InstrumentMapper.FaultOf(wire);
        refusal = fault is null ? null : new RowRefusal(ValidationRules.InstrumentBrokenRow, wire.InstId, fault, IsBroken: true);
        return fault is null ? InstrumentMapper.Map(wire, asked) : null;
    }
}
