using System.Collections.Frozen;
using OkxData.Models;

namespace OkxData.Rankings.Assets;

/// <summary>The classification table: what is not a coin that stands for itself, by ticker and by id.</summary>
/// <remarks>Ids decide about any asset of a source. Tickers decide only about what OKX lists under them, since others may share them.</remarks>
internal static class AssetClasses
{
    /// <summary>The date of the last revision.</summary>
    public const string Version = "2026-11-24";

    private static readonly FrozenDictionary<string, AssetClass> ByBase = Read(
    [
        (AssetClass.Stablecoin, "USDT USDC DAI USDS USDG USD1 USAT PYUSD USDD TUSD FDUSD USDP GUSD UST USTC USDE SUSDE RLUSD USDB USDX FRAX LUSD SUSD BUSD HUSD USDK EURT EURC EURS EURQ EURR EURI AUDF AUDM BRL1 BRZ TRYB XSGD GYEN IDRT MXNT CNHT VCHF"),
        (AssetClass.Wrapped, "WBTC UBTC CBBTC TBTC KBTC BTCB WETH WBNB WSOL RENBTC XBTC WAVAX"),
        (AssetClass.Staked, "STETH WSTETH BETH RETH CBETH METH WEETH EETH RSETH EZETH OKSOL BNSOL JITOSOL JUPSOL MSOL BBSOL STSOL OSETH SWETH"),
        (AssetClass.Commodity, "PAXG XAUT KAU KAG XAU XAG DGX"),
        (AssetClass.TokenizedFund, "BUIDL USYC USDY OUSG BENJI USTB JTRSY"),
        (AssetClass.Fiat, "USD EUR GBP AUD BRL TRY SGD AED JPY CHF CAD"),
    ]);

    private static readonly FrozenDictionary<string, AssetClass> ById = Read(
    [
        (AssetClass.Stablecoin, "tether usd-coin dai usds ethena-usde ethena-staked-usde first-digital-usd paypal-usd true-usd usdd frax usd1-wlfi global-dollar ripple-usd usdtb falcon-finance usdx-money-usdx paxos-standard gemini-dollar terrausd binance-usd susds savings-dai euro-coin stasis-eurs usual-usd usda-2 crvusd gho liquity-usd "
            + "usdt-tether usdc-usd-coin dai-dai usde-ethena-usde busd-binance-usd tusd-trueusd fdusd-first-digital-usd pyusd-paypal-usd usdd-usdd"),
        (AssetClass.Wrapped, "wrapped-bitcoin coinbase-wrapped-btc weth wbnb wrapped-solana tbtc lombard-staked-btc solv-btc clbtc bitcoin-avalanche-bridged-btc-b binance-bitcoin wrapped-beacon-eth "
            + "wbtc-wrapped-bitcoin weth-weth"),
        (AssetClass.Staked, "staked-ether wrapped-steth wrapped-eeth rocket-pool-eth kelp-dao-restaked-eth renzo-restaked-eth mantle-staked-ether coinbase-wrapped-staked-eth jito-staked-sol msol binance-staked-sol binance-peg-staked-sol jupiter-staked-sol ether-fi-staked-eth stakewise-v3-oseth swell-ethereum okx-staked-sol "
            + "steth-lido-staked-ether wsteth-wrapped-liquid-staked-ether-20 reth-rocket-pool-eth"),
        (AssetClass.Bridged, "binance-peg-weth polygon-bridged-usdt-polygon arbitrum-bridged-usdt-arbitrum binance-bridged-usdt-bnb-smart-chain binance-bridged-usdc-bnb-smart-chain l2-standard-bridged-weth-base arbitrum-bridged-weth-arbitrum-one"),
        (AssetClass.Commodity, "pax-gold tether-gold kinesis-gold kinesis-silver paxg-pax-gold xaut-tether-gold"),
        (AssetClass.TokenizedFund, "blackrock-usd-institutional-digital-liquidity-fund hashnote-usyc ondo-us-dollar-yield ousg superstate-short-duration-us-government-securities-fund-ustb franklin-onchain-u-s-government-money-fund figure-heloc janus-henderson-anemoy-treasury-fund"),
    ]);

    /// <summary>The class of an id; <see langword="null"/> where the table does not know it.</summary>
    public static AssetClass? OfId(string id) => ById.TryGetValue(id, out var found) ? found : null;

    /// <summary>The class of one of OKX's base currencies; <see langword="null"/> where the table does not know it.</summary>
    public static AssetClass? OfBase(string baseCurrency) => ByBase.TryGetValue(baseCurrency, out var found) ? found : null;

    private static FrozenDictionary<string, AssetClass> Read((AssetClass Class, string Names)[] table) => table
        .SelectMany(row => row.Names.Split(' ').Select(name => (name, row.Class)))
        .ToFrozenDictionary(entry => entry.name, entry => entry.Class, StringComparer.OrdinalIgnoreCase);
}
