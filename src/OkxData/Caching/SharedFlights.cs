namespace OkxData.Caching;

/// <summary>Work by key, done once however many callers wait for it.</summary>
/// <remarks>A caller that gives up leaves the work to the others; when the last one has left, it is cancelled.</remarks>
internal sealed class SharedFlights<T>
{
    private readonly Dictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public async Task<T> JoinAsync(string key, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var flight = Board(key, work);
        try
        {
            return await flight.Landing.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private Flight Board(string key, Func<CancellationToken, Task<T>> work)
    {
        lock (_gate)
        {
            // One that has landed is an answer of before the question.
            if (!_flights.TryGetValue(key, out var flight) || flight.Landing.IsCompleted)
                _flights[key] = flight = new Flight(work);
            flight.Passengers++;
            return flight;
        }
    }

    private void Leave(string key, Flight flight)
    {
        lock (_gate)
        {
            if (--flight.Passengers > 0)
                return;
            if (_flights.TryGetValue(key, out var current) && ReferenceEquals(current, flight))
                _flights.Remove(key);
        }

        flight.Dispose();
    }

    private sealed class Flight : IDisposable
    {
        private readonly CancellationTokenSource _abandoned = new();

        public Flight(Func<CancellationToken, Task<T>> work)
        {
            var token = _abandoned.Token;
            Landing = Task.Run(() => work(token), CancellationToken.None);
        }

        public Task<T> Landing { get; }

        public int Passengers { get; set; }

        /// <summary>Cancels what is under way, now that nobody waits for it.</summary>
        public void Dispose()
        {
            // What listens to the token is the work's and may take its time, or throw: none of that is the concern of who gave up.
            if (!Landing.IsCompleted)
                _ = _abandoned.CancelAsync().ContinueWith(static cancelled => _ = cancelled.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

            // What an abandoned flight ends with is nobody's concern; looking at it keeps it from being reported as unobserved.
            _ = Landing.ContinueWith(static (landed, source) =>
            {
                _ = landed.Exception;
                ((CancellationTokenSource)source!).Dispose();
            }, _abandoned, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
