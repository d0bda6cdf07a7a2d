using System.Diagnostics.Metrics;
using OkxData.Diagnostics;
using OkxData.Models;

namespace OkxData.Validation;

internal sealed class ValidationMetrics(IMeterFactory meterFactory)
{
    private readonly Counter<long> _findings = meterFactory.Create(OkxDataDiagnostics.MeterName)
        .CreateCounter<long>(OkxDataDiagnostics.ValidationFindings, "{finding}", "What the rules found in the data.");

    public void Found(string rule)
    {
        if (_findings.Enabled)
            _findings.Add(1, new KeyValuePair<string, object?>("rule", rule));
    }

    public void Found(IReadOnlyList<DataIssue> issues)
    {
        if (issues.Count == 0 || !_findings.Enabled)
            return;

        foreach (var rule in issues.CountBy(issue => issue.Rule, StringComparer.Ordinal))
            _findings.Add(rule.Value, new KeyValuePair<string, object?>("rule", rule.Key));
    }
}
