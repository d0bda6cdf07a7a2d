namespace OkxData.Testing.Market;

/// <summary>The ids under which the built-in instruments are known elsewhere, and the traps of a real feed.</summary>
internal static class DefaultAssets
{
    private const int FillerCount = 300;
    private const decimal Largest = 1_500_000_000_000m;

    private const string Ids =
        "BTC:bitcoin:btc-bitcoin ETH:ethereum:eth-ethereum SOL:solana:sol-solana XRP:ripple:xrp-xrp BNB:binancecoin:bnb-binance-coin DOGE:dogecoin:doge-dogecoin "
        + "ADA:cardano:ada-cardano TRX:tron:trx-tron LTC:litecoin:ltc-litecoin BCH:bitcoin-cash:bch-bitcoin-cash LINK:chainlink:link-chainlink XLM:stellar:xlm-stellar "
        + "ETC:ethereum-classic:etc-ethereum-classic DOT:polkadot:dot-polkadot ATOM:cosmos:atom-cosmos FIL:filecoin:fil-filecoin XTZ:tezos:xtz-tezos ALGO:algorand:algo-algorand "
        + "VET:vechain:vet-vechain THETA:theta-token:theta-theta-network NEO:neo:neo-neo IOTA:iota:miota-iota DASH:dash:dash-dash ZEC:zcash:zec-zcash QTUM:qtum:qtum-qtum "
        + "ZIL:zilliqa:zil-zilliqa BAT:basic-attention-token:bat-basic-attention-token ZRX:0x:zrx-0x ICX:icon:icx-icon ONT:ontology:ont-ontology KSM:kusama:ksm-kusama "
        + "WAVES:waves:waves-waves KNC:kyber-network-crystal:knc-kyber-network AVAX:avalanche-2:avax-avalanche UNI:uniswap:uni-uniswap AAVE:aave:aave-new "
        + "COMP:compound-governance-token:comp-compoundd SNX:havven:snx-synthetix-network-token SUSHI:sushi:sushi-sushi YFI:yearn-finance:yfi-yearnfinance CRV:curve-dao-token:crv-curve-dao-token "
        + "GRT:the-graph:grt-the-graph NEAR:near:near-near-protocol HBAR:hedera-hashgraph:hbar-hedera-hashgraph EGLD:elrond-erd-2:egld-elrond FLOW:flow:flow-flow CHZ:chiliz:chz-chiliz "
        + "ENJ:enjincoin:enj-enjin-coin MANA:decentraland:mana-decentraland SAND:the-sandbox:sand-the-sandbox AXS:axie-infinity:axs-axie-infinity LRC:loopring:lrc-loopring 1INCH:1inch:1inch-1inch "
        + "STORJ:storj:storj-storj UMA:uma:uma-uma APT:aptos:apt-aptos OP:optimism:op-optimism SUI:sui:sui-sui PEPE:pepe:pepe-pepe ARB:arbitrum:arb-arbitrum WLD:worldcoin-wld:wld-worldcoin "
        + "SEI:sei-network:sei-sei TIA:celestia:tia-celestia JUP:jupiter-exchange-solana:jup-jupiter USDC:usd-coin:usdc-usd-coin PAXG:pax-gold:paxg-pax-gold WBTC:wrapped-bitcoin:wbtc-wrapped-bitcoin";

    private static readonly Dictionary<string, string[]> IdsByCurrency = Ids.Split(' ').Select(entry => entry.Split(':')).ToDictionary(parts => parts[0], StringComparer.Ordinal);

    /// <summary>The asset of a listed pair; its capitalisation falls with its place.</summary>
    public static SimulatedAsset Of(string currency, string symbol, int place) => new()
    {
        Id = IdsByCurrency.TryGetValue(currency, out var ids) ? ids[1] : currency.ToLowerInvariant(),
        PaprikaId = ids?[2],
        Ticker = currency,
        PriceOf = symbol,
        MarketCap = CapAt(place),
    };

    public static IEnumerable<SimulatedAsset> Traps()
    {
        yield return new SimulatedAsset { Id = "tether", PaprikaId = "usdt-tether", Ticker = "USDT", Name = "Tether", Categories = ["stablecoins"], Price = 1.0003m, MarketCap = Largest * 1.1m };
        yield return new SimulatedAsset { Id = "usd-coin", PaprikaId = "usdc-usd-coin", Ticker = "USDC", Name = "USDC", Categories = ["stablecoins"], Price = 0.9999m, MarketCap = CapAt(2) * 1.01m };
        yield return new SimulatedAsset { Id = "bitcoin-of-nobody", Ticker = "BTC", Name = "Bitcoin of Nobody", Price = 0.0000123m, MarketCap = Largest * 3 };
        yield return new SimulatedAsset { Id = "aptos-of-nobody", Ticker = "APT", Name = "Aptos of Nobody", Price = 0.5m, MarketCap = CapAt(3) * 1.01m };
        yield return new SimulatedAsset { Id = "wrapped-bitcoin", PaprikaId = "wbtc-wrapped-bitcoin", Ticker = "WBTC", Name = "Wrapped Bitcoin", Categories = ["wrapped-tokens"], PriceOf = "BTC-USDT", MarketCap = CapAt(4) * 1.01m };
        yield return new SimulatedAsset { Id = "staked-ether", PaprikaId = "steth-lido-staked-ether", Ticker = "STETH", Name = "Lido Staked Ether", Categories = ["liquid-staking-tokens"], PriceOf = "ETH-USDT", MarketCap = CapAt(5) * 1.01m };
        yield return new SimulatedAsset { Id = "invented-wrapped-sol", Ticker = "WRSOL", Name = "Invented Wrapped SOL", Categories = ["wrapped-tokens"], PriceOf = "SOL-USDT", MarketCap = CapAt(6) * 1.01m };
        yield return new SimulatedAsset { Id = "quiet-note", Ticker = "QUIET", Name = "Quiet Note", Categories = ["stablecoins"], Price = 1.0001m, MarketCap = CapAt(7) * 1.01m };
        yield return new SimulatedAsset { Id = "unverified", Ticker = "UNV", Name = "Unverified", Price = 12.5m };
        yield return new SimulatedAsset { Id = "never-traded", Ticker = "NVT", Name = "Never Traded" };
        yield return new SimulatedAsset { Id = "bitcoin-zero", Ticker = "BTC", Name = "Bitcoin Zero", PriceOf = "BTC-USDT", MarketCap = 0 };

        // Enough to fill a page, and so spread that listed assets stand on either side of its end.
        for (var i = 1; i <= FillerCount; i++)
            yield return new SimulatedAsset { Id = $"unlisted-{i:000}", Ticker = $"UNL{i:000}", Name = $"Unlisted {i}", Price = 1.5m, MarketCap = CapAt(20) - i * CapAt(20) / (FillerCount + 10) };
    }

    private static decimal CapAt(int place) => decimal.Round(Largest / (place * place));
}
