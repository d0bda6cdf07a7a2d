using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.Models;

namespace OkxData.Tests.Caching;

/// <content>Older values that are answered at once, with the next one fetched behind.</content>
public sealed partial class DocumentCacheTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Test]
    public async Task GetAsync_RefreshInBackground_AnswersAtOnceAndFetchesOnceBehind()
    {
        var (cache, answer) = (Cache(), new TaskCompletionSource<Note>());
        await cache.GetAsync(Request(), CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(2));

        var behind = Request(fetch: _ => answer.Task) with { RefreshInBackground = true };
        var older = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => cache.GetAsync(behind, CancellationToken.None))).WaitAsync(Bound);
        Assert.That(older.Select(document => (document.Value.Text, document.Origin, document.Age)), Is.All.EqualTo(("1", DataOrigin.Cache, TimeSpan.FromHours(2))));
        answer.SetResult(new Note("newer"));

        Assert.That(await UntilAsync(cache, behind, "newer"), Is.EqualTo((DataOrigin.Cache, TimeSpan.Zero)));
        Assert.That(_fetches, Is.EqualTo(2));
    }

    [Test]
    public async Task GetAsync_RefreshInBackgroundFails_IsToldOfOnceUntilOneSucceeds()
    {
        var cache = Cache();
        await cache.GetAsync(Request(), CancellationToken.None);
        _clock.Advance(TimeSpan.FromHours(2));
        var failing = Request(fetch: Unreachable) with { RefreshInBackground = true };

        for (var tries = 2; tries < 6; tries++)
        {
            await cache.GetAsync(failing, CancellationToken.None);
            await UntilAsync(() => _fetches >= tries, () => cache.GetAsync(failing, CancellationToken.None));
        }

        await UntilAsync(() => Stale() > 0, () => Task.CompletedTask);
        var marked = await cache.GetAsync(failing, CancellationToken.None);
        Assert.That((marked.Value.Text, marked.Origin, Stale()), Is.EqualTo(("1", DataOrigin.StaleCache, 1)));
        var working = Request(fetch: _ => Task.FromResult(new Note("back"))) with { RefreshInBackground = true };
        Assert.That(await UntilAsync(cache, working, "back"), Is.EqualTo((DataOrigin.Cache, TimeSpan.Zero)));
    }

    [Test]
    public async Task GetAsync_RefreshInBackgroundButTooOld_Waits()
    {
        var cache = Cache();
        await cache.GetAsync(Request(), CancellationToken.None);
        _clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromTicks(1));

        Assert.That((await cache.GetAsync(Request() with { RefreshInBackground = true }, CancellationToken.None)).Value.Text, Is.EqualTo("2"));
        await Assert.ThatAsync(() => Cache().GetAsync(Request(fetch: Unreachable) with { Key = "room/none.json", RefreshInBackground = true }, CancellationToken.None), Throws.TypeOf<OkxTransportException>());
    }

    private int Stale() => _logger.Collector.GetSnapshot().Count(record => record.Id.Id == LogEventIds.DocumentStale);

    private static async Task<(DataOrigin Origin, TimeSpan Age)> UntilAsync(DocumentCache<Note> cache, DocumentRequest<Note> request, string text)
    {
        CachedDocument<Note> document = null!;
        await UntilAsync(() => document?.Value.Text == text, async () => document = await cache.GetAsync(request, CancellationToken.None));
        return (document.Origin, document.Age);
    }

    private static async Task UntilAsync(Func<bool> condition, Func<Task> turn)
    {
        using var bound = new CancellationTokenSource(Bound);
        while (!condition())
        {
            bound.Token.ThrowIfCancellationRequested();
            await turn();
            await Task.Yield();
        }
    }
}
