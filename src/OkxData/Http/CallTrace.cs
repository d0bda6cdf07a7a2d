using System.Diagnostics;
using OkxData.Diagnostics;

namespace OkxData.Http;

/// <summary>The activity of one call, with all its attempts and waits; nothing where nobody listens.</summary>
internal sealed class CallTrace : IDisposable
{
    private const string ErrorTag = "error.type";

    private readonly Activity? _activity;
    private OkxCall? _call;

    public CallTrace(EndpointDefinition endpoint, string subject)
    {
        _activity = OkxActivities.Source.StartActivity(endpoint.Name, ActivityKind.Client);
        _activity?.SetTag(OkxDataDiagnostics.EndpointTag, endpoint.Name);
        _activity?.SetTag(OkxDataDiagnostics.SubjectTag, subject);
    }

    /// <summary>Follows the call, or the one that is made in its place.</summary>
    public void Follow(OkxCall call)
    {
        _call = call;
        _activity?.SetStatus(ActivityStatusCode.Unset);
        _activity?.SetTag(ErrorTag, null);
    }

    public void Fail(Exception failure)
    {
        _activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
        _activity?.SetTag(ErrorTag, failure.GetType().Name);
    }

    public void Dispose()
    {
        _activity?.SetTag(OkxDataDiagnostics.AttemptsTag, _call?.Sends ?? 0);
        _activity?.Dispose();
    }
}
