namespace OkxData.Models;

/// <summary>Whether an instrument can be traded now (OKX <c>state</c>).</summary>
public enum InstrumentState
{
    /// <summary>A state that this version does not know; OKX may add some.</summary>
    Unknown,

    /// <summary>Trading (OKX <c>live</c>).</summary>
    Live,

    /// <summary>Trading is suspended (OKX <c>suspend</c>).</summary>
    Suspended,

    /// <summary>Announced and not yet trading (OKX <c>preopen</c>); most figures may be absent.</summary>
    PreOpen,

    /// <summary>The contract is being rebased (OKX <c>rebase</c>).</summary>
    Rebasing,

    /// <summary>Only orders that add liquidity are taken (OKX <c>post_only</c>).</summary>
    PostOnly,

    /// <summary>A test instrument in a production list (OKX <c>test</c>).</summary>
    Test,

    /// <summary>Being settled (OKX <c>settling</c>).</summary>
    Settling,

    /// <summary>Delivered or delisted (OKX <c>expired</c>).</summary>
    Expired,
}
