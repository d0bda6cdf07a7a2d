using System.Text.Json;

namespace OkxData.Http;

/// <summary>Reads the value of the reply's <c>data</c> field.</summary>
/// <param name="reader">Stands on the first token of the value, usually <c>[</c>; is left on its last.</param>
/// <returns>What was read. It may be thrown away: <c>code</c> can come after <c>data</c> and say that the call failed.</returns>
/// <exception cref="Errors.OkxPayloadException">The value is JSON of another shape than documented.</exception>
internal delegate T DataReader<out T>(ref Utf8JsonReader reader);
