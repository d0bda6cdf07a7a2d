using System.Text.Json.Serialization;

namespace OkxData.Datasets;

/// <summary>How manifests are kept.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(DatasetManifest))]
internal sealed partial class DatasetJsonContext : JsonSerializerContext;
