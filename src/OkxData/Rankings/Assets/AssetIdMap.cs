using System.Collections.Frozen;

namespace OkxData.Rankings.Assets;

/// <summary>OKX's base currencies with the ids that CoinGecko and CoinPaprika have for them.</summary>
/// <remarks>
/// A ticker is no key: OKX reused LUNA, ACT, STRK and MEME for other assets, and sources keep the old id for the old one. An id
/// that a source has given up does no harm: the asset is then matched by ticker and price, as one that is not in the map.
/// </remarks>
internal static class AssetIdMap
{
    /// <summary>The date of the last revision.</summary>
    public const string Version = "2026-11-24";

    // OKX's base, CoinGecko's id, CoinPaprika's id ("-" where that is not known).
    private const string Table = """
        BTC bitcoin btc-bitcoin
        ETH ethereum eth-ethereum
        XRP ripple xrp-xrp
        BNB binancecoin bnb-binance-coin
        SOL solana sol-solana
        DOGE dogecoin doge-dogecoin
        TRX tron trx-tron
        ADA cardano ada-cardano
        HYPE hyperliquid hype-hyperliquid
        BCH bitcoin-cash bch-bitcoin-cash
        LINK chainlink link-chainlink
        LEO leo-token leo-leo-token
        XLM stellar xlm-stellar
        XMR monero xmr-monero
        ZEC zcash zec-zcash
        LTC litecoin ltc-litecoin
        SUI sui sui-sui
        AVAX avalanche-2 avax-avalanche
        HBAR hedera-hashgraph hbar-hedera-hashgraph
        SHIB shiba-inu shib-shiba-inu
        TON the-open-network toncoin-the-open-network
        CRO crypto-com-chain cro-cryptocom-chain
        DOT polkadot dot-polkadot
        UNI uniswap uni-uniswap
        MNT mantle mnt-mantle
        TAO bittensor tao-bittensor
        WLFI world-liberty-financial wlfi-official-world-liberty-financial
        AAVE aave aave-new
        OKB okb okb-okb
        NEAR near near-near-protocol
        ICP internet-computer icp-internet-computer
        ETC ethereum-classic etc-ethereum-classic
        PEPE pepe pepe-pepe
        ASTER aster-2 aster-aster
        PUMP pump-fun pump-pumpfun
        ONDO ondo-finance ondo-ondo
        POL polygon-ecosystem-token pol-polygon-ecosystem-token
        MATIC matic-network matic-polygon
        WLD worldcoin-wld wld-worldcoin
        SKY sky sky-sky
        KAS kaspa kas-kaspa
        QNT quant-network qnt-quant
        TRUMP official-trump trump-official-trump
        ATOM cosmos atom-cosmos
        ALGO algorand algo-algorand
        ENA ethena ena-ethena
        FLR flare-networks flr-flare-network
        RENDER render-token rndr-render-token
        FIL filecoin fil-filecoin
        APT aptos apt-aptos
        VET vechain vet-vechain
        ARB arbitrum arb-arbitrum
        MON monad mon-monad
        MORPHO morpho morpho-morpho
        JUP jupiter-exchange-solana jup-jupiter
        BONK bonk bonk-bonk1
        XPL plasma -
        CAKE pancakeswap-token cake-pancakeswap
        DASH dash dash-dash
        CHZ chiliz chz-chiliz
        STX blockstack stx-stacks
        SEI sei-network sei-sei
        FET fetch-ai fet-fetch-ai
        PENGU pudgy-penguins pengu-pudgy-penguins
        VIRTUAL virtual-protocol -
        TIA celestia tia-celestia
        OP optimism op-optimism
        INJ injective-protocol inj-injective-protocol
        LDO lido-dao ldo-lido-dao
        CRV curve-dao-token crv-curve-dao-token
        IMX immutable-x imx-immutable-x
        FLOKI floki -
        GRT the-graph grt-the-graph
        PYTH pyth-network pyth-pyth-network
        IP story-2 ip-story
        ETHFI ether-fi -
        STRK starknet strk-starknet
        CFX conflux-token cfx-conflux-network
        IOTA iota -
        XTZ tezos xtz-tezos
        BSV bitcoin-cash-sv bsv-bitcoin-sv
        ENS ethereum-name-service ens-ethereum-name-service
        PENDLE pendle pendle-pendle
        WIF dogwifcoin wif-dogwifcoin
        SAND the-sandbox sand-the-sandbox
        KAIA kaia -
        HNT helium hnt-helium
        ZK zksync zk-zksync
        THETA theta-token -
        GALA gala gala-gala
        JASMY jasmycoin jasmy-jasmycoin
        AXS axie-infinity axs-axie-infinity
        MANA decentraland mana-decentraland
        FLOW flow flow-flow
        COMP compound-governance-token comp-compoundd
        RAY raydium -
        EIGEN eigenlayer eigen-eigenlayer
        JTO jito-governance-token jto-jito
        S sonic-3 -
        FTM fantom ftm-fantom
        XEC ecash -
        ZRO layerzero -
        W wormhole w-wormhole
        MINA mina-protocol mina-mina
        DYDX dydx-chain dydx-dydx
        AR arweave ar-arweave
        NEO neo neo-neo
        EGLD elrond-erd-2 egld-elrond
        CORE coredaoorg -
        APE apecoin ape-apecoin
        RUNE thorchain rune-thorchain
        SNX havven snx-synthetix-network-token
        1INCH 1inch 1inch-1inch
        KSM kusama ksm-kusama
        BAT basic-attention-token bat-basic-attention-token
        ZIL zilliqa zil-zilliqa
        LPT livepeer -
        GLM golem glm-golem
        ZRX 0x zrx-0x
        QTUM qtum qtum-qtum
        CELO celo celo-celo
        ONE harmony one-harmony
        YFI yearn-finance -
        SUSHI sushi -
        UMA uma -
        KNC kyber-network-crystal knc-kyber-network
        LRC loopring lrc-loopring
        ENJ enjincoin -
        STORJ storj storj-storj
        ICX icon icx-icon
        ONT ontology ont-ontology
        WAVES waves -
        BTT bittorrent -
        NFT apenft -
        WIN wink -
        LUNA terra-luna-2 -
        LUNC terra-luna lunc-terra-luna-classic
        ACT act-i-the-ai-prophecy -
        MEME memecoin-2 -
        ORDI ordinals -
        SATS sats-ordinals -
        BLUR blur blur-blur
        GMX gmx -
        MASK mask-network mask-mask-network
        ZETA zetachain zeta-zetachain
        AKT akash-network akt-akash-network
        BERA berachain-bera bera-berachain
        PI pi-network -
        MEW cat-in-a-dogs-world -
        PNUT peanut-the-squirrel pnut-peanut-the-squirrel
        MOODENG moo-deng moodeng-moo-deng
        ZEN zencash zen-horizen
        ZORA zora zora-zora
        EOS eos eos-eos
        MKR maker mkr-maker
        DAI dai dai-dai
        USDT tether usdt-tether
        USDC usd-coin usdc-usd-coin
        PYUSD paypal-usd -
        USDG global-dollar -
        USD1 usd1-wlfi -
        USDS usds -
        PAXG pax-gold paxg-pax-gold
        XAUT tether-gold -
        WBTC wrapped-bitcoin wbtc-wrapped-bitcoin
        STETH staked-ether steth-lido-staked-ether
        JITOSOL jito-staked-sol -
        """;

    private static readonly FrozenDictionary<string, (string CoinGecko, string CoinPaprika)> Ids = Read();

    private static readonly FrozenSet<string> CoinGeckoIds = Ids.Values.Select(ids => ids.CoinGecko).ToFrozenSet(StringComparer.Ordinal);

    public static int Count => Ids.Count;

    /// <summary>Whether the map has an id of CoinGecko's.</summary>
    public static bool HasCoinGeckoId(string id) => CoinGeckoIds.Contains(id);

    /// <summary>The id of a base currency in a source's words; <see langword="null"/> where the map does not know it.</summary>
    public static string? Find(string baseCurrency, MarketCapIds ids) => ids switch
    {
        MarketCapIds.OkxCurrency => baseCurrency,
        MarketCapIds.CoinGecko => Ids.GetValueOrDefault(baseCurrency).CoinGecko,
        MarketCapIds.CoinPaprika => Ids.GetValueOrDefault(baseCurrency).CoinPaprika is { } id and not "-" ? id : null,
        _ => null,
    };

    private static FrozenDictionary<string, (string, string)> Read() => Table
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .ToFrozenDictionary(parts => parts[0], parts => (parts[1], parts[2]), StringComparer.OrdinalIgnoreCase);
}
