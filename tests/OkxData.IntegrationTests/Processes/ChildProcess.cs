using System.Diagnostics;

namespace OkxData.IntegrationTests.Processes;

/// <summary>A process that does one verb of OkxData.TestProcess; killed when disposed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ChildProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    public StreamReader Output => _process.StandardOutput;

    public int Id => _process.Id;

    public static ChildProcess Start(string verb, params string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";
        var start = new ProcessStartInfo(host)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in (string[])[Assembly, verb, .. arguments])
            start.ArgumentList.Add(argument);

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Ends the process at once, as SIGKILL and a loss of power do.</summary>
    public void Kill() => _process.Kill();

    /// <summary>The exit code and what was written to the error stream.</summary>
    public async Task<(int ExitCode, string Errors)> WaitForExitAsync(CancellationToken cancellationToken = default)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return (_process.ExitCode, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    // Its project is referenced, so the build puts it beside the tests.
    private static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "OkxData.TestProcess.dll");
}
