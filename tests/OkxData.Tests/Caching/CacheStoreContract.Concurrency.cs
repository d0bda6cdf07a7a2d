using System.Buffers.Binary;
using NUnit.Framework;
using OkxData.Caching;

namespace OkxData.Tests.Caching;

public abstract partial class CacheStoreContract
{
    [Test]
    public async Task WriteAsync_ManyWritersThatMatch_LoseNoUpdate()
    {
        const int Writers = 8;
        const int Increments = 25;
        await Store.WriteAsync(Key, Counter(0), WriteCondition.Absent);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < Increments;)
            {
                var item = (await Store.ReadAsync(Key))!;
                var next = Counter(BinaryPrimitives.ReadInt32LittleEndian(item.Content.Span) + 1);
                if (await Store.WriteAsync(Key, next, WriteCondition.Matches(item.Version)) is not null)
                    done++;
            }
        })));

        Assert.That(BinaryPrimitives.ReadInt32LittleEndian(await ContentAsync(Key)), Is.EqualTo(Writers * Increments));
    }

    [Test]
    public async Task WriteAsync_ManyWritersOfAbsent_OneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            var key = FormattableString.Invariant($"round/{round}");
            var versions = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer =>
                Task.Run(async () => await Store.WriteAsync(key, new byte[] { (byte)writer }, WriteCondition.Absent))));

            var winner = Array.FindIndex(versions, version => version is not null);
            Assert.That(versions.Count(version => version is not null), Is.EqualTo(1));
            Assert.That(await ContentAsync(key), Is.EqualTo(new[] { (byte)winner }));
        }
    }

    [Test]
    public async Task ReadAsync_WhileOthersWrite_NeverSeesAMixture()
    {
        const int Length = 100_000;
        await Store.WriteAsync(Key, Uniform(0, Length), WriteCondition.Any);
        using var done = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var reads = 0;
            do
            {
                var item = await Store.ReadAsync(Key);
                Assert.That(item, Is.Not.Null);
                Assert.That(item!.Content.Length, Is.EqualTo(Length));
                Assert.That(item.Content.Span.IndexOfAnyExcept(item.Content.Span[0]), Is.EqualTo(-1));
                reads++;
            }
            while (!done.IsCancellationRequested);
            return reads;
        })).ToList();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
                await Store.WriteAsync(Key, Uniform((byte)(2 * i + writer), Length), WriteCondition.Any);
        })));
        await done.CancelAsync();

        Assert.That((await Task.WhenAll(readers)).Sum(), Is.GreaterThan(0));
    }

    private static byte[] Counter(int value)
    {
        var content = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(content, value);
        return content;
    }

    private static byte[] Uniform(byte value, int length)
    {
        var content = new byte[length];
        content.AsSpan().Fill(value);
        return content;
    }
}
