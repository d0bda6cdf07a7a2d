using System.Text.Json.Serialization;
using OkxData.Models;

namespace OkxData.Tickers;

/// <summary>How tickers are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<Ticker>), TypeInfoPropertyName = "List")]
internal sealed partial class TickerJsonContext : JsonSerializerContext;
