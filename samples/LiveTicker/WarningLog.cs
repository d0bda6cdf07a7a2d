using Microsoft.Extensions.Logging;

namespace LiveTicker;

/// <summary>Keeps what the library warns about until the progress bars are gone: the first warning of each kind, and how many there were.</summary>
internal sealed class WarningLog : ILoggerProvider, ILogger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, (string Text, int Count)> _warnings = [];

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;

        lock (_lock)
        {
            var (text, count) = _warnings.GetValueOrDefault(eventId.Id, (formatter(state, exception), 0));
            _warnings[eventId.Id] = (text, count + 1);
        }
    }

    public void WriteTo(TextWriter writer)
    {
        lock (_lock)
        {
            foreach (var (text, count) in _warnings.Values)
                writer.WriteLine(count == 1 ? $"Warning: {text}" : $"Warning ({count} of this kind): {text}");
        }
    }

    public void Dispose()
    {
        // Nothing is held open.
    }
}
