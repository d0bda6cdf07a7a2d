using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.RateLimiting;

namespace OkxData.Tests.RateLimiting;

internal sealed class SharedLedgerTests
{
    private static readonly RateLimitBucket Candles = new("www.okx.com", "/api/v5/market/candles", "", new RateLimitQuota(2, TimeSpan.FromSeconds(2)));

    private readonly FakeLogger _log = new();
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("okxdata-limits-").FullName;
        _log.Collector.Clear();
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Create_TwoProcesses_CountTogether()
    {
        using var first = Open();
        using var second = Open();
        using var held = first.AttemptAcquire(2);

        Assert.That(held.IsAcquired);
        Assert.That(second.AttemptAcquire().IsAcquired, Is.False);
        Assert.That(second.GetStatistics()!.CurrentAvailablePermits, Is.Zero);
        Assert.That(_log.Collector.GetSnapshot(), Is.Empty);
    }

    [Test]
    public void Create_FileOfGarbage_SaysSoOnceAndGoesOnAlone([Values(1, 8, 1000, 10_000_000)] int length)
    {
        var garbage = new byte[length];
        new Random(length).NextBytes(garbage);
        File.WriteAllBytes(FilePath, garbage);
        AssertGoesOnAlone();
        Assert.That(File.ReadAllBytes(FilePath), Is.EqualTo(garbage), "what is not ours is left as it is");
    }

    [Test]
    public void Create_AnyBitFlipped_SaysSoOnceAndGoesOnAlone()
    {
        using (var first = Open())
            first.AttemptAcquire().Dispose();
        var sound = File.ReadAllBytes(FilePath);
        for (var bit = 0; bit < sound.Length * 8; bit += 7)
        {
            var damaged = sound.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(FilePath, damaged);
            _log.Collector.Clear();
            AssertGoesOnAlone();
        }
    }

    [Test]
    public void Create_FileIsALink_SaysSoOnceAndGoesOnAlone()
    {
        var target = Path.Combine(_folder, "target");
        File.WriteAllText(target, "");
        File.CreateSymbolicLink(FilePath, target);
        AssertGoesOnAlone();
        Assert.That(new FileInfo(target).Length, Is.Zero);
    }

    [Test]
    public void Create_FolderIsAFile_SaysSoOnceAndGoesOnAlone()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        AssertGoesOnAlone(Path.Combine(file, "limits"));
    }

    [Test]
    public void Create_FileIsAFolder_SaysSoOnceAndGoesOnAlone()
    {
        Directory.CreateDirectory(FilePath);
        AssertGoesOnAlone();
    }

    [Test]
    public void Create_FolderRefusesWrites_SaysSoOnceAndGoesOnAlone()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Only a user who is not the administrator is refused.");
            return;
        }

        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            AssertGoesOnAlone();
        }
        finally
        {
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Test]
    public void TryOpen_FileSpoiledInMidRun_KeepsWhatItKnewOfTheOthers()
    {
        using var first = Open();
        using var second = Open();
        using var held = first.AttemptAcquire();
        using var own = second.AttemptAcquire();
        File.WriteAllText(FilePath, "spoiled");

        Assert.That(second.AttemptAcquire().IsAcquired, Is.False, "both tokens are out, as it saw before");
        Assert.That(_log.Collector.GetSnapshot(), Has.Count.EqualTo(1));
    }

    [Test]
    public void TryOpen_FileLostInMidRun_KeepsWhatEverybodyKnew([Values] bool isTruncated)
    {
        using var first = Open();
        using var second = Open();
        var held = first.AttemptAcquire();
        using var own = second.AttemptAcquire();
        if (isTruncated)
            File.WriteAllText(FilePath, "");
        else
            File.Delete(FilePath);

        Assert.That(first.AttemptAcquire().IsAcquired, Is.False, "its own token is out, and it knows nothing of the other's");
        Assert.That(second.AttemptAcquire().IsAcquired, Is.False, "both tokens are out");
        Assert.That(first.GetStatistics()!.CurrentAvailablePermits, Is.Zero, "it has heard of the other's");
        held.Dispose();
        Assert.That(_log.Collector.GetSnapshot(), Is.Empty);
    }

    [Test]
    public void Codec_FileFromBeforeARestart_BeginsAnew()
    {
        var ledger = new TokenLedger(2);
        ledger.Take(2, owner: 1, lease: 1, lapse: 5000, now: 1000);
        var numbers = LedgerFileCodec.Encode(ledger, now: 1000);

        Assert.That(LedgerFileCodec.Decode(numbers, now: 999), Is.Null, "the clock went back");
        Assert.That(LedgerFileCodec.Decode(numbers, now: 1000)?.Out(1000), Is.EqualTo(2));
    }

    [Test]
    public void Codec_AnyLedger_ComesBackAsItWas()
    {
        var ledger = new TokenLedger(3);
        ledger.Take(2, owner: 11, lease: 12, lapse: 5000, now: 1000);
        ledger.Return(12, 3000);
        ledger.Register(owner: 13, isWaiting: true, until: 9000, now: 1000);
        ledger.Pause(1500);
        ledger.Easing.Refuse(1500, 1000, 2000);
        var back = LedgerFileCodec.Decode(LedgerFileCodec.Encode(ledger, 1000), 1001) ?? throw new InvalidDataException("it is from before a restart");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(back.Tokens.ToArray(), Is.EqualTo(ledger.Tokens.ToArray()));
            Assert.That(back.Claims, Is.EqualTo(ledger.Claims));
            Assert.That(back.PausedUntil, Is.EqualTo(1500));
            Assert.That(back.Easing.Current, Is.EqualTo(ledger.Easing.Current));
        }
    }

    [Test]
    public void Create_ClockThatATestMoves_StaysInTheProcess()
    {
        var factory = new MachineRateLimiterFactory(new RateLimitingOptions { Directory = _folder }, TimeSpan.FromSeconds(10), _log);
        factory.Create(Candles, new FakeTimeProvider()).AttemptAcquire().Dispose();
        Assert.That(Directory.GetFiles(_folder), Is.Empty);

        factory.Create(Candles, TimeProvider.System).AttemptAcquire().Dispose();
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(1));
        Assert.That(factory.Create(Candles, TimeProvider.System), Is.SameAs(factory.Create(Candles, TimeProvider.System)));
    }

    [Test]
    public void FileNameOf_AnyBucket_IsAFileNameOfItsOwn()
    {
        var names = new[]
        {
            Candles, Candles with { Scope = "SPOT" }, Candles with { Host = "127.0.0.1:8080" }, Candles with { Endpoint = "/api/v5/market_candles" }, Candles with { Scope = new string('/', 500) },
        }.Select(MachineRateLimiterFactory.FileNameOf).ToList();

        Assert.That(names, Is.Unique);
        Assert.That(names, Has.All.Matches<string>(name => name!.Length < 120 && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0));
    }

    private string FilePath => Path.Combine(_folder, "bucket");

    private TokenBucket Open(string? folder = null) => new(Candles.Quota, TimeProvider.System, new SharedLedger(
        new LedgerFile(folder ?? _folder, "bucket"), Candles.Quota, TimeSpan.FromSeconds(12), TimeProvider.System, _log));

    private void AssertGoesOnAlone(string? folder = null)
    {
        using var bucket = Open(folder);
        using var held = bucket.AttemptAcquire(2);
        Assert.That(held.IsAcquired);
        Assert.That(bucket.AttemptAcquire().IsAcquired, Is.False, "alone, but within the limit");
        var record = _log.Collector.GetSnapshot().Single();
        Assert.That(record.Level, Is.EqualTo(LogLevel.Warning));
        Assert.That(record.Message, Does.Contain("RateLimiting.Directory"));
    }
}
