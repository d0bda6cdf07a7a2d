using System.Globalization;
using System.Text.Json;
using OkxData.Catalog;

namespace CacheTool;

internal static class VerifyCommand
{
    public static async Task<int> RunAsync(CacheCatalog catalog, Arguments arguments, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var verification = await Terminal.ShowAsync("verify", arguments.Json, progress => catalog.VerifyAsync(progress, cancellationToken));
        if (arguments.Json)
            WriteJson(verification, arguments.Strict);
        else
            WriteText(verification, arguments.Strict, TimeProvider.System.GetElapsedTime(started));
        return verification.IsSound && (!arguments.Strict || verification.Remarks.Count == 0) ? ExitCodes.Good : ExitCodes.Found;
    }

    private static void WriteText(CatalogVerification verification, bool listsRemarks, TimeSpan elapsed)
    {
        foreach (var finding in verification.Findings)
            Console.WriteLine(finding);
        foreach (var line in listsRemarks ? verification.Remarks.Select(remark => $"remark: {remark}") : SummaryOf(verification.Remarks))
            Console.WriteLine(line);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{verification}, {Terminal.Size(verification.SizeBytes)} in {elapsed.TotalSeconds:0.0} s."));
    }

    private static IEnumerable<string> SummaryOf(IReadOnlyList<CatalogFinding> remarks) =>
        from remark in remarks
        group remark by remark.Rule into rule
        orderby rule.Key
        select string.Create(CultureInfo.InvariantCulture, $"remark: {rule.Count()} of [{rule.Key}]; --strict lists them");

    private static void WriteJson(CatalogVerification verification, bool listsRemarks)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteNumber("files", verification.Files);
        writer.WriteNumber("sizeBytes", verification.SizeBytes);
        writer.WriteNumber("series", verification.Series);
        writer.WriteNumber("candles", verification.Candles);
        Write(writer, "findings", verification.Findings);
        writer.WriteNumber("remarkCount", verification.Remarks.Count);
        if (listsRemarks)
            Write(writer, "remarks", verification.Remarks);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<CatalogFinding> findings)
    {
        writer.WriteStartArray(name);
        foreach (var finding in findings)
        {
            writer.WriteStartObject();
            writer.WriteString("key", finding.Key);
            writer.WriteString("rule", finding.Rule);
            writer.WriteString("message", finding.Message);
            writer.WriteString("remedy", finding.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
