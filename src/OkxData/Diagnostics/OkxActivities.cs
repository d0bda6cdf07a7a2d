using System.Diagnostics;

namespace OkxData.Diagnostics;

/// <summary>Where the library's activities come from.</summary>
internal static class OkxActivities
{
    public static ActivitySource Source { get; } = new(OkxDataDiagnostics.ActivitySourceName, typeof(OkxActivities).Assembly.GetName().Version?.ToString(3));
}
