namespace OkxData.Caching;

/// <summary>How candles are written to the cache. Either format is read, whatever is chosen here; a write converts.</summary>
public enum CandleFormat
{
    /// <summary>Apache Parquet: small, fast, and read by DuckDB, Polars, pandas and Spark as it is.</summary>
    Parquet,

    /// <summary>JSON: larger and slower, and read by everything.</summary>
    Json,
}
