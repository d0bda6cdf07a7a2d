using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.Models;

namespace OkxData.Tests.Caching;

[TestFixture]
public sealed partial class DocumentCacheTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 15, 10, 30, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly InMemoryCacheStore _store = new();
    private readonly FakeLogger _logger = new();
    private int _fetches;

    [Test]
    public async Task GetAsync_FreshThenOlder_IsServedAndThenFetchedAgain()
    {
        var cache = Cache();

        var first = await cache.GetAsync(Request(), CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(59));
        var second = await Cache().GetAsync(Request(), CancellationToken.None);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var third = await cache.GetAsync(Request(), CancellationToken.None);

        Assert.That((first.Value.Text, first.Origin, first.FetchedAt), Is.EqualTo(("1", DataOrigin.Network, Start)));
        Assert.That(second, Is.EqualTo(new CachedDocument<Note>(first.Value, Start, DataOrigin.Cache, TimeSpan.FromMinutes(59))));
        Assert.That((third.Value.Text, third.Origin), Is.EqualTo(("2", DataOrigin.Network)));
    }

    [Test]
    public async Task GetAsync_HundredCallersAtOnce_AreOneFetch()
    {
        var answer = new TaskCompletionSource<Note>();
        var cache = Cache();

        var callers = Enumerable.Range(0, 100).Select(_ => cache.GetAsync(Request(fetch: _ => answer.Task), CancellationToken.None)).ToList();
        answer.SetResult(new Note("all"));
        var documents = await Task.WhenAll(callers);

        Assert.That(documents.Select(document => document.Value.Text), Is.All.EqualTo("all"));
        Assert.That(_fetches, Is.EqualTo(1));
    }

    [Test]
    public async Task GetAsync_OneCallerCancels_TheOthersGetTheirs()
    {
        var answer = new TaskCompletionSource<Note>();
        var cache = Cache();
        using var gaveUp = new CancellationTokenSource();
        var first = cache.GetAsync(Request(fetch: token => answer.Task.WaitAsync(token)), gaveUp.Token);
        var second = cache.GetAsync(Request(), CancellationToken.None);

        await gaveUp.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        answer.SetResult(new Note("kept"));

        Assert.That((await second).Value.Text, Is.EqualTo("kept"));
        Assert.That(_fetches, Is.EqualTo(1));
    }

    [Test]
    public async Task GetAsync_EveryCallerCancels_TheFetchIsCancelledAndTheNextStartsAnew()
    {
        var stopped = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var cache = Cache();
        using var gaveUp = new CancellationTokenSource();
        var only = cache.GetAsync(Request(fetch: async token =>
        {
            token.Register(stopped.SetResult);
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return new Note("never");
        }), gaveUp.Token);
        await started.Task;

        await gaveUp.CancelAsync();

        Assert.That(async () => await only, Throws.InstanceOf<OperationCanceledException>());
        await stopped.Task;
        Assert.That((await cache.GetAsync(Request(), CancellationToken.None)).Value.Text, Is.EqualTo("2"));
    }

    [Test]
    public async Task GetAsync_SourceUnreachable_IsTheOlderValueMarkedUpToMaxStale()
    {
        var cache = Cache();
        await cache.GetAsync(Request(), CancellationToken.None);
        _clock.Advance(TimeSpan.FromDays(1));

        var stale = await cache.GetAsync(Request(fetch: Unreachable), CancellationToken.None);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.That((stale.Value.Text, stale.Origin, stale.Age), Is.EqualTo(("1", DataOrigin.StaleCache, TimeSpan.FromDays(1))));
        var warning = _logger.Collector.GetSnapshot().Single();
        Assert.That((warning.Level, warning.Id.Id, warning.Message), Is.EqualTo((
            LogLevel.Warning, LogEventIds.DocumentStale, "The notes are those of 1.00:00:00 ago, since newer ones could not be fetched: down")));
        await Assert.ThatAsync(() => cache.GetAsync(Request(fetch: Unreachable), CancellationToken.None), Throws.TypeOf<OkxTransportException>());
    }

    [Test]
    public async Task GetAsync_SourceSaysNo_IsItsErrorAndKeepsWhatWasHeld()
    {
        var cache = Cache();
        await cache.GetAsync(Request(), CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(1));

        await Assert.ThatAsync(() => cache.GetAsync(Request(fetch: _ => throw new OkxPayloadException("garbage")), CancellationToken.None), Throws.TypeOf<OkxPayloadException>());

        Assert.That((await Cache(CacheMode.Offline).GetAsync(Request(), CancellationToken.None)).Value.Text, Is.EqualTo("1"));
    }

    [TestCase(0)]
    [TestCase(20)]
    [TestCase(60)]
    [TestCase(-5)]
    public async Task GetAsync_AnyByteFlipped_IsPutAsideAndFetchedAgain(int position)
    {
        await Cache().GetAsync(Request(), CancellationToken.None);
        var bytes = (await _store.ReadAsync("room/note.json"))!.Content.ToArray();
        bytes[position < 0 ? bytes.Length + position : position] ^= 1;
        await _store.WriteAsync("room/note.json", bytes, WriteCondition.Any);

        var healed = await Cache().GetAsync(Request(), CancellationToken.None);

        Assert.That((healed.Value.Text, healed.Origin), Is.EqualTo(("2", DataOrigin.Network)));
        Assert.That(_logger.Collector.GetSnapshot().Single().Id.Id, Is.EqualTo(LogEventIds.DocumentQuarantined));
        Assert.That(await _store.ListAsync(Quarantine.Prefix).CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task GetAsync_FileOfAnotherKey_IsNotTakenForIt()
    {
        await Cache().GetAsync(Request(), CancellationToken.None);
        await _store.WriteAsync("room/other.json", (await _store.ReadAsync("room/note.json"))!.Content, WriteCondition.Any);

        Assert.That((await Cache().GetAsync(Request() with { Key = "room/other.json" }, CancellationToken.None)).Value.Text, Is.EqualTo("2"));
    }

    [Test]
    public async Task GetAsync_FileOfALaterRelease_IsNeitherUsedNorTouched()
    {
        var later = JsonSeal.Seal("""{"schema":2,"what":"is this"}"""u8);
        await _store.WriteAsync("room/note.json", later, WriteCondition.Any);

        Assert.That((await Cache().GetAsync(Request(), CancellationToken.None)).Value.Text, Is.EqualTo("1"));
        Assert.That((await _store.ReadAsync("room/note.json"))!.Content.ToArray(), Is.EqualTo(later));
    }

    [Test]
    public async Task GetAsync_Offline_ServesAnyAgeAndAMissSaysWhatIsMissing()
    {
        await Cache().GetAsync(Request(), CancellationToken.None);
        _clock.Advance(TimeSpan.FromDays(1000));

        var held = await Cache(CacheMode.Offline).GetAsync(Request(), CancellationToken.None);

        Assert.That((held.Value.Text, held.Origin, held.Age.TotalDays, _fetches), Is.EqualTo(("1", DataOrigin.StaleCache, 1000.0, 1)));
        await Assert.ThatAsync(
            () => Cache(CacheMode.Offline).GetAsync(Request() with { Key = "room/none.json" }, CancellationToken.None),
            Throws.TypeOf<OkxCacheException>().With.Message.Contains("holds no notes").And.Property(nameof(OkxCacheException.Location)).EqualTo("room/none.json"));
    }

    [Test]
    public async Task GetAsync_Refresh_AsksAgainAndFallsBackOnWhatIsHeld()
    {
        await Cache().GetAsync(Request(), CancellationToken.None);

        var refreshed = await Cache(CacheMode.Refresh).GetAsync(Request(), CancellationToken.None);
        var unreachable = await Cache(CacheMode.Refresh).GetAsync(Request(fetch: Unreachable), CancellationToken.None);

        Assert.That((refreshed.Value.Text, refreshed.Origin), Is.EqualTo(("2", DataOrigin.Network)));
        Assert.That((unreachable.Value.Text, unreachable.Origin), Is.EqualTo(("2", DataOrigin.StaleCache)));
    }

    [Test]
    public async Task GetAsync_Off_LeavesTheStoreAlone()
    {
        await Cache(CacheMode.Off).GetAsync(Request(), CancellationToken.None);
        var second = await Cache(CacheMode.Off).GetAsync(Request(), CancellationToken.None);

        Assert.That((second.Value.Text, second.Origin), Is.EqualTo(("2", DataOrigin.Network)));
        Assert.That(await _store.ListAsync("").CountAsync(), Is.Zero);
    }

    [Test]
    public async Task GetAsync_StoredByAClockThatWasAhead_IsFetchedAgain()
    {
        await Cache().GetAsync(Request(), CancellationToken.None);
        var earlier = new DocumentCache<Note>(_store, NoteContext.Default.Note, CacheMode.Normal, new FakeTimeProvider(Start.AddMinutes(-1)), _logger);

        Assert.That((await earlier.GetAsync(Request(), CancellationToken.None)).Origin, Is.EqualTo(DataOrigin.Network));
    }

    [SetUp]
    public async Task Forget()
    {
        (_fetches, var keys) = (0, await _store.ListAsync("").ToListAsync());
        foreach (var key in keys)
            await _store.RemoveAsync(key, WriteCondition.Any);
        _clock.AdjustTime(Start);
        _logger.Collector.Clear();
        _logger.ControlLevel(LogLevel.Debug, enabled: false);
    }

    private static Task<Note> Unreachable(CancellationToken cancellationToken) => throw new OkxTransportException("down");

    private DocumentCache<Note> Cache(CacheMode mode = CacheMode.Normal) => new(_store, NoteContext.Default.Note, mode, _clock, _logger);

    private DocumentRequest<Note> Request(Func<CancellationToken, Task<Note>>? fetch = null) =>
        new DocumentTerms("room", TimeSpan.FromHours(1), TimeSpan.FromDays(1)).For("note", "notes", async (_, token) =>
        {
            var number = Interlocked.Increment(ref _fetches);
            return fetch is null ? new Note($"{number}") : await fetch(token);
        });

    internal sealed record Note(string Text);

    [JsonSerializable(typeof(Note))]
    internal sealed partial class NoteContext : JsonSerializerContext;
}
