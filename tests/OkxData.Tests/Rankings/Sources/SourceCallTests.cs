using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Rankings.Sources;

namespace OkxData.Tests.Rankings.Sources;

public sealed class SourceCallTests
{
    [Test]
    public async Task WithinAsync_NoAnswerInTime_IsAFailureThatMayHeal()
    {
        var clock = new FakeTimeProvider();
        var call = SourceCall.WithinAsync(TimeSpan.FromSeconds(20), "page 1", clock, Forever, CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(19.9));
        Assert.That(call.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        await Assert.ThatAsync(() => call, Throws.TypeOf<OkxTransportException>()
            .With.Message.StartsWith("page 1 did not arrive within 20 s").And.Property(nameof(OkxException.IsTransient)).True);
    }

    [Test]
    public async Task WithinAsync_CallerGivesUp_IsACancellation()
    {
        using var caller = new CancellationTokenSource();
        var call = SourceCall.WithinAsync(TimeSpan.FromSeconds(20), "page 1", new FakeTimeProvider(), Forever, caller.Token);
        await caller.CancelAsync();

        await Assert.ThatAsync(() => call, Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task<int> Forever(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }
}
