using System.Collections.Frozen;

namespace OkxData.Credentials;

/// <summary>What a refusal of OKX says about the key.</summary>
internal enum KeyFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The key, its secret or its passphrase will not do here, and another key may.</summary>
    Key,

    /// <summary>The clock that the request was signed by is off.</summary>
    Clock,
}

/// <summary>OKX's codes 50100 to 50119, told apart by who has to do something.</summary>
internal static class KeyFaults
{
    private const string Expired = "50102";

    // The others of the range tell of a request that was put together wrongly, which no other key would mend.
    private static readonly FrozenSet<string> OfTheKey = FrozenSet.Create("50100", "50101", "50105", "50110", "50111", "50113", "50114", "50118", "50119");

    public static KeyFault Of(string code) => code == Expired ? KeyFault.Clock : OfTheKey.Contains(code) ? KeyFault.Key : KeyFault.None;
}
