using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OkxData.RateLimiting;

/// <summary>Reads and writes a ledger as a row of numbers with a checksum at its end: one small write, which a kill leaves whole or undone.</summary>
internal static class LedgerFileCodec
{
    /// <summary>The form of the content; the file's name ends in it.</summary>
    public const int Format = 3;

    // "OKXDRL03" as bytes; the machine's own byte order, since the file never leaves it.
    private const long Magic = 0x3330_4C52_4458_4B4F;
    private const int HeaderLength = 17;
    private const int EntryLength = 3;
    private const int MaxPermits = 100_000;

    /// <summary>Reads the ledger; <see langword="null"/> where the file is new, or from before the machine was started.</summary>
    /// <exception cref="InvalidDataException">The file is not a ledger.</exception>
    /// <param name="handle">The file.</param>
    /// <param name="now">The instant.</param>
    /// <param name="memory">What nobody has used for this long is forgotten: refusals of then say nothing about now.</param>
    public static TokenLedger? Read(SafeFileHandle handle, long now, long memory)
    {
        var length = RandomAccess.GetLength(handle);
        if (length == 0)
            return null;
        if (length % sizeof(long) != 0 || length > LengthOf(MaxPermits, TokenLedger.MaxClaims) * sizeof(long))
            throw new InvalidDataException($"a file of {length} bytes is not one of this library");

        var numbers = new long[length / sizeof(long)];
        if (RandomAccess.Read(handle, MemoryMarshal.AsBytes(numbers.AsSpan()), 0) != length)
            throw new InvalidDataException("it could not be read to its end");
        return Decode(numbers, now, memory);
    }

    public static void Write(SafeFileHandle handle, TokenLedger ledger, long now)
    {
        var bytes = MemoryMarshal.AsBytes(Encode(ledger, now).AsSpan());
        RandomAccess.Write(handle, bytes, 0);
        if (RandomAccess.GetLength(handle) > bytes.Length)
            RandomAccess.SetLength(handle, bytes.Length);
    }

    internal static long[] Encode(TokenLedger ledger, long now)
    {
        var easing = ledger.Easing.Current;
        var numbers = new long[LengthOf(ledger.Permits, ledger.Claims.Count)];
        ReadOnlySpan<long> header =
        [
            Magic, MachineBoot.Id.High, MachineBoot.Id.Low, now, ledger.Permits, ledger.Claims.Count, ledger.PausedUntil,
            easing.Level, easing.Good, easing.Step, easing.HoldInWindows, easing.ResumesAt, easing.GrowsAt, easing.Ramp, easing.Grants, ledger.Lineage, easing.Floor,
        ];
        header.CopyTo(numbers);
        var next = HeaderLength;
        foreach (ref readonly var token in ledger.Tokens)
            next = Put(numbers, next, token.Due, token.Lease, token.Owner);
        foreach (var claim in ledger.Claims)
            next = Put(numbers, next, claim.Owner, claim.Since, claim.Until);
        numbers[next] = HashOf(numbers.AsSpan(0, next));
        return numbers;
    }

    internal static TokenLedger? Decode(ReadOnlySpan<long> numbers, long now, long memory = long.MaxValue)
    {
        if (numbers.Length <= HeaderLength || numbers[0] != Magic)
            throw new InvalidDataException("it is not a file of this library");
        if (numbers[4] is < 1 or > MaxPermits || numbers[5] is < 0 or > TokenLedger.MaxClaims)
            throw new InvalidDataException("its counts are damaged");

        // Behind a ledger with fewer claims the end of an older one may stand: a kill came before the cut.
        var (permits, claimCount) = ((int)numbers[4], (int)numbers[5]);
        var length = LengthOf(permits, claimCount);
        if (numbers.Length < length || HashOf(numbers[..(length - 1)]) != numbers[length - 1])
            throw new InvalidDataException("its checksum is wrong");

        // The clock begins anew with the machine, and so does every window.
        if ((numbers[1], numbers[2]) != MachineBoot.Id || now < numbers[3])
            return null;

        var tokens = new TokenLedger.Token[permits];
        var next = HeaderLength;
        for (var i = 0; i < permits; i++, next += EntryLength)
            tokens[i] = new TokenLedger.Token(numbers[next], numbers[next + 1], numbers[next + 2]);
        var claims = new TokenLedger.Claim[claimCount];
        for (var i = 0; i < claimCount; i++, next += EntryLength)
            claims[i] = new TokenLedger.Claim(numbers[next], numbers[next + 1], numbers[next + 2]);

        var easing = new RefusalEasing.State((int)numbers[7], (int)numbers[8], (int)numbers[9], (int)numbers[10], numbers[11], numbers[12], numbers[13]) { Grants = numbers[14], Floor = (int)numbers[16] };
        var ledger = new TokenLedger(tokens, claims, new RefusalEasing(permits, easing)) { Lineage = numbers[15] };
        ledger.Pause(numbers[6]);
        var isForgotten = now - numbers[3] > memory && ledger.PausedUntil <= now && ledger.Out(now) == 0;
        return isForgotten ? new TokenLedger(permits) { Lineage = ledger.Lineage } : ledger;
    }

    private static int LengthOf(int permits, int claims) => HeaderLength + ((permits + claims) * EntryLength) + 1;

    private static long HashOf(ReadOnlySpan<long> numbers) => (long)XxHash64.HashToUInt64(MemoryMarshal.AsBytes(numbers));

    private static int Put(long[] numbers, int at, long first, long second, long third)
    {
        (numbers[at], numbers[at + 1], numbers[at + 2]) = (first, second, third);
        return at + EntryLength;
    }
}
