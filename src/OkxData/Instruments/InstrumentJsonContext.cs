using System.Text.Json.Serialization;
using OkxData.Models;

namespace OkxData.Instruments;

/// <summary>How instruments are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<Instrument>), TypeInfoPropertyName = "List")]
internal sealed partial class InstrumentJsonContext : JsonSerializerContext;
