using System.Text.Json.Serialization;
using OkxData.Rankings.Sources;

namespace OkxData.Rankings;

/// <summary>How the evidence behind rankings is kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RankingEvidence))]
[JsonSerializable(typeof(CategoryMembers))]
internal sealed partial class RankingJsonContext : JsonSerializerContext;
