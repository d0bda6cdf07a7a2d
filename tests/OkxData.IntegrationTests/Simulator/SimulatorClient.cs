using System.Text.Json;
using OkxData.Testing;

using NUnit.Framework;

namespace OkxData.IntegrationTests.Simulator;

/// <summary>A plain HTTP client of a simulator, to see its bytes without the library in between.</summary>
internal sealed class SimulatorClient(OkxSimulator simulator) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { BaseAddress = simulator.BaseAddress };

    public HttpClient Http => _http;

    public Task<string> GetTextAsync(string pathAndQuery) => _http.GetStringAsync(new Uri(pathAndQuery, UriKind.Relative));

    public Task<HttpResponseMessage> GetAsync(string pathAndQuery) => _http.GetAsync(new Uri(pathAndQuery, UriKind.Relative));

    /// <summary>The rows of a candle reply, or the objects of another; the code must be 0.</summary>
    public async Task<JsonElement[]> GetDataAsync(string pathAndQuery)
    {
        using var document = JsonDocument.Parse(await GetTextAsync(pathAndQuery));
        Assert.That(document.RootElement.GetProperty("code").GetString(), Is.EqualTo("0"));
        return [.. document.RootElement.GetProperty("data").Clone().EnumerateArray()];
    }

    public async Task<string[][]> GetRowsAsync(string pathAndQuery) =>
        [.. (await GetDataAsync(pathAndQuery)).Select(row => row.EnumerateArray().Select(figure => figure.GetString()!).ToArray())];

    public async Task<long[]> GetOpeningsAsync(string pathAndQuery) =>
        [.. (await GetRowsAsync(pathAndQuery)).Select(row => long.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture))];

    public void Dispose() => _http.Dispose();
}
