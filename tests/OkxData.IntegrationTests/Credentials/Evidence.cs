using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using OkxData.Tests.Credentials.Hunt;

namespace OkxData.IntegrationTests.Credentials;

/// <summary>Keeps what a program shows of itself: every log line with its scopes and values, every measurement and every activity of the process.</summary>
internal sealed class Evidence : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<(string Kind, string Text), bool> _texts = new();
    private readonly MeterListener _meters = new();
    private readonly ActivityListener _activities;
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public Evidence()
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            Add("metric", $"{instrument.Name} {instrument.Unit} {instrument.Description}");
            listener.EnableMeasurementEvents(instrument);
        };
        Measure<byte>();
        Measure<short>();
        Measure<int>();
        Measure<long>();
        Measure<float>();
        Measure<double>();
        Measure<decimal>();
        _meters.Start();
        _activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                Add("activity", $"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription}");
                foreach (var (key, value) in activity.TagObjects.Concat(activity.Baggage.Select(pair => KeyValuePair.Create(pair.Key, (object?)pair.Value))))
                    Add("activity", $"{key}={value}");
                foreach (var happened in activity.Events)
                    Add("activity", happened.Name + string.Join(' ', happened.Tags));
            },
        };
        ActivitySource.AddActivityListener(_activities);
    }

    public IEnumerable<string> Kinds => _texts.Keys.Select(text => text.Kind).Distinct();

    public void Add(string kind, string text) => _texts[(kind, text)] = true;

    public bool Contains(string text) => _texts.Keys.Any(one => one.Text.Contains(text, StringComparison.Ordinal));

    /// <summary>Where something secret is, by kind; empty for nowhere.</summary>
    public IReadOnlyList<string> Find(params string[] secrets)
    {
        _meters.RecordObservableInstruments();
        return [.. from text in _texts.Keys
                   from found in SecretSearch.FindIn(text.Text, secrets)
                   select $"{text.Kind}: {found} in: {text.Text[..Math.Min(text.Text.Length, 200)]}"];
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        _meters.Dispose();
        _activities.Dispose();
    }

    private void Measure<T>()
        where T : struct => _meters.SetMeasurementEventCallback<T>((instrument, value, tags, _) =>
    {
        foreach (var (key, tag) in tags)
            Add("metric", $"{instrument.Name} {key}={tag}");
        Add("metric", $"{instrument.Name}={value}");
    });

    private void AddValues(string kind, object? state)
    {
        Add(kind, state?.ToString() ?? "");
        if (state is not IEnumerable values)
            return;
        foreach (var value in values)
            Add(kind, value is KeyValuePair<string, object?> pair ? $"{pair.Key}={(pair.Value is IEnumerable list and not string ? string.Join(' ', list.Cast<object>()) : pair.Value)}" : value?.ToString() ?? "");
    }

    private sealed class Logger(Evidence evidence, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => evidence._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            evidence.Add("log", $"{category} {eventId} {formatter(state, exception)}");
            evidence.AddValues("log", state);
            evidence._scopes.ForEachScope((scope, all) => all.AddValues("scope", scope), evidence);
            if (exception is not null)
                evidence.Add("exception", exception.ToString());
        }
    }
}
