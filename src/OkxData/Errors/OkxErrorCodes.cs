using System.Collections.Frozen;

namespace OkxData.Errors;

/// <summary>What OKX's error codes mean for a caller that only reads: which heal, and what to do about the others.</summary>
internal static class OkxErrorCodes
{
    public const string Unavailable = "50001";
    public const string RateLimited = "50011";
    public const string Busy = "50013";
    public const string Settled = "50047";
    public const string UnknownInstrument = "51001";
    public const string ServiceUpgrade = "64008";

    private const string MadeWrongly = "the request was not signed as OKX wants it; the key is not at fault, so look for a proxy that changes headers, or report it to the maintainers of OkxData";

    private static readonly FrozenSet<string> Transient = FrozenSet.Create(Unavailable, "50004", RateLimited, Busy, "50026", "51054", "60014", "63999", "64007");

    private static readonly FrozenDictionary<string, string> Advice = new Dictionary<string, string>
    {
        [Unavailable] = "OKX is temporarily unavailable, often for maintenance; try again later",
        ["50005"] = "OKX has switched this endpoint off; look for a newer version of this library",
        ["50035"] = "OKX wants the key to be bound to IP addresses for this; bind it at OKX",
        [Settled] = "the instrument is settled; OKX's message names the symbol that holds its candles now: ask for that one, and have JoinHistoryAsync make one series of both where the older one is stored",
        ["50100"] = "the key is frozen at OKX; see the account's messages, or use another key",
        ["50101"] = "the key belongs to the other environment (demo or live); use OkxEnvironment.Demo for a demo key, and another for a live one",
        ["50102"] = "the time of the request is more than 30 s from OKX's; set the local clock, for example with NTP",
        ["50103"] = MadeWrongly,
        ["50104"] = MadeWrongly,
        ["50105"] = "the passphrase is wrong; it is the one that was chosen for this key, not the account's password",
        ["50106"] = MadeWrongly,
        ["50107"] = MadeWrongly,
        ["50110"] = "the key is bound to IP addresses and this machine's is not among them; add it to the key at OKX, and mind proxies and IPv6",
        ["50111"] = "OKX does not know such a key; check that it was copied whole",
        ["50112"] = MadeWrongly,
        ["50113"] = "the signature does not fit; check that the secret was copied whole and belongs to this key",
        ["50114"] = "OKX does not accept the authorization; check that key, secret and passphrase belong together",
        ["50115"] = MadeWrongly,
        ["50118"] = "the broker's key is bound to IP addresses and this machine's is not among them",
        ["50119"] = "the key does not exist on this host: it was deleted, or belongs to another region; European and US accounts need their own environment",
        ["51000"] = "a parameter is wrong; check the symbol and the bar",
        [UnknownInstrument] = "check the spelling and the region (environment); a delisted instrument is gone from OKX too",
        ["51021"] = "the instrument is announced and not yet listed; try again after its opening",
        ["51155"] = "the instrument is not offered in this region",
        ["60012"] = "a parameter is wrong; check the symbol",
        ["60013"] = "a parameter is wrong; check the symbol",
        ["60018"] = "check the spelling and the region (environment); GetInstrumentsAsync lists the symbols that exist",
        ["64000"] = "OKX has switched this channel off; look for a newer version of this library",
        ["64001"] = "OKX has moved this channel; look for a newer version of this library",
        ["64002"] = "OKX has moved this channel; look for a newer version of this library",
    }.ToFrozenDictionary();

    public static bool IsTransient(string code) => Transient.Contains(code);

    public static string AdviceFor(string code) => Advice.GetValueOrDefault(code, "see the error codes in OKX's API documentation");
}
