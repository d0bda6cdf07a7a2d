using System.Text.Json.Serialization;

namespace OkxData.Rankings;

/// <summary>How the evidence behind rankings is kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RankingEvidence))]
internal sealed partial class RankingJsonContext : JsonSerializerContext;
