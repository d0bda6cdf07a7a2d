using System.Diagnostics;

namespace OkxData.IntegrationTests.Samples;

/// <summary>Runs a sample as a process of its own, as a user does.</summary>
internal sealed record SampleProcess(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<SampleProcess> RunAsync(string sample, params string[] arguments)
    {
        using var process = Start(sample, arguments);
        return await EndAsync(process);
    }

    /// <summary>Runs it with a variable of the environment set.</summary>
    public static async Task<SampleProcess> RunWithAsync(string variable, string value, string sample, params string[] arguments)
    {
        using var process = Start(sample, arguments, (variable, value));
        return await EndAsync(process);
    }

    /// <summary>Runs it and sends it Ctrl-C as soon as a line of its output begins with a text.</summary>
    public static Task<SampleProcess> InterruptAsync(string sample, string whenLineBegins, params string[] arguments) =>
        SignalAsync(sample, "-INT", line => line.StartsWith(whenLineBegins, StringComparison.Ordinal), arguments);

    /// <summary>Runs it and asks it to end as soon as a line of its output is the one that is waited for.</summary>
    public static Task<SampleProcess> StopAsync(string sample, Func<string, bool> isLast, params string[] arguments) =>
        SignalAsync(sample, "-TERM", isLast, arguments);

    private static async Task<SampleProcess> SignalAsync(string sample, string signal, Func<string, bool> isLast, string[] arguments)
    {
        using var process = Start(sample, arguments);
        var before = new List<string>();
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            before.Add(line);
            if (isLast(line))
                break;
        }

        using (var kill = Process.Start("kill", [signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync().WaitAsync(Patience);
        var rest = await EndAsync(process);
        return rest with { Output = string.Join('\n', before) + "\n" + rest.Output };
    }

    private static Process Start(string sample, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, sample + ".dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<SampleProcess> EndAsync(Process process)
    {
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            return new SampleProcess(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
