namespace OkxData.Models;

/// <summary>What is wrong with a ranking as the universe of a backtest.</summary>
public enum RankingBias
{
    /// <summary>Nothing that is known.</summary>
    None,

    /// <summary>Its members are those of now and not those of the date that was asked for: whatever fell or was delisted since is missing.</summary>
    CurrentMembersOnly,
}
