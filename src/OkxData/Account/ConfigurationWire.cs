using System.Text.Json;
using OkxData.Errors;
using OkxData.Http;

namespace OkxData.Account;

/// <summary>The configuration of an account as OKX sends it, as far as it is used.</summary>
internal sealed class ConfigurationWire
{
    private const string BrokenRule = "account.broken-row";

    private static readonly RowFields<ConfigurationWire> Fields = new RowFields<ConfigurationWire>()
        .Word("perm", (row, value) => row.Perm = value)
        .Word("ip", (row, value) => row.Ip = value)
        .Word("label", (row, value) => row.Label = value)
        .Word("kycLv", (row, value) => row.KycLv = value)
        .Word("uid", (row, value) => row.Uid = value)
        .Word("mainUid", (row, value) => row.MainUid = value);

    /// <summary>Words with commas between them: read_only, trade, withdraw.</summary>
    public string? Perm { get; private set; }

    /// <summary>Addresses with commas between them.</summary>
    public string? Ip { get; private set; }

    public string? Label { get; private set; }

    public string? KycLv { get; private set; }

    public string? Uid { get; private set; }

    public string? MainUid { get; private set; }

    /// <exception cref="OkxPayloadException">There is no row, or it does not say what the key may do.</exception>
    public static ConfigurationWire Read(ref Utf8JsonReader reader)
    {
        var rows = ReplyRowsReader.Read(ref reader, "account configurations", BrokenRule, ReadRow);
        return rows.Rows is [var row, ..]
            ? row
            : throw new OkxPayloadException($"OKX sent no account configuration ({(rows.LeftOut is [var broken, ..] ? broken.ToString() : "no row")})") { Path = "data[0]" };
    }

    private static ConfigurationWire? ReadRow(ref Utf8JsonReader reader, out RowRefusal? refusal)
    {
        var wire = new ConfigurationWire();
        var fault = Fields.Read(ref reader, wire) ?? (wire.Perm is null ? "perm is missing" : null);
        refusal = fault is null ? null : new RowRefusal(BrokenRule, null, fault, IsBroken: true);
        return fault is null ? wire : null;
    }
}
