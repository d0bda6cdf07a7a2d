using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OkxData.Models;

namespace OkxData.Testing.Serving;

/// <summary>GET /api/v5/account/config, the one endpoint that wants a key; the headers are checked in OKX's order.</summary>
internal sealed class AccountHandler
{
    private const int Unauthorized = 401;
    private const string TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string Account = "44705892343619584";

    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    private static readonly (string Header, string Code)[] Headers =
    [
        ("OK-ACCESS-KEY", "50103"), ("OK-ACCESS-PASSPHRASE", "50104"), ("OK-ACCESS-SIGN", "50106"), ("OK-ACCESS-TIMESTAMP", "50107"),
    ];

    private readonly ConcurrentDictionary<string, SimulatedKey> _keys = new(StringComparer.Ordinal);

    public AccountHandler(IEnumerable<SimulatedKey> keys)
    {
        foreach (var key in keys)
            Add(key);
    }

    public void Add(SimulatedKey key) => _keys[key.Name] = key;

    public bool Revoke(string key) => _keys.TryRemove(key, out _);

    public Reply Configuration(HttpRequest request, DateTimeOffset now)
    {
        foreach (var (header, code) in Headers)
        {
            if (request.Headers[header].Count == 0 || request.Headers[header] == "")
                return Refused(code, $"Request header {header} can not be empty.");
        }

        var timestamp = request.Headers["OK-ACCESS-TIMESTAMP"].ToString();
        if (!DateTimeOffset.TryParseExact(timestamp, TimestampFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signedAt))
            return Refused("50112", "Invalid OK-ACCESS-TIMESTAMP.");
        if ((signedAt - now).Duration() > Tolerance)
            return Refused("50102", "Timestamp request expired.");
        if (!_keys.TryGetValue(request.Headers["OK-ACCESS-KEY"].ToString(), out var key))
            return Refused("50119", "API key doesn't exist");
        if (key.IsFrozen)
            return Reply.Gateway(400, "50100", "API frozen, please contact customer service.");
        if (key.IsDemo != (request.Headers["x-simulated-trading"] == "1"))
            return Refused("50101", "APIKey does not match current environment.");
        if (key.BoundAddresses.Count > 0 && !key.BoundAddresses.Contains(CallerOf(request)))
            return Refused("50110", "Your IP is not included in your API key's IP whitelist.");
        if (request.Headers["OK-ACCESS-SIGN"] != Sign(key, timestamp + request.Method + TargetOf(request)))
            return Refused("50113", "Invalid Sign.");
        if (!key.HasPassphrase(request.Headers["OK-ACCESS-PASSPHRASE"].ToString()))
            return Refused("50105", "Request header OK-ACCESS-PASSPHRASE incorrect.");

        return Reply.Ok(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("acctLv", "2");
            writer.WriteBoolean("autoLoan", false);
            writer.WriteString("ip", string.Join(',', key.BoundAddresses));
            writer.WriteString("kycLv", "3");
            writer.WriteString("label", key.Label);
            writer.WriteString("mainUid", Account);
            writer.WriteString("perm", string.Join(',', WordsOf(key.Permissions)));
            writer.WriteStartArray("traderInsts");
            writer.WriteEndArray();
            writer.WriteString("type", "0");
            writer.WriteString("uid", Account);
            writer.WriteEndObject();
        });
    }

    private static Reply Refused(string code, string message) => Reply.Gateway(Unauthorized, code, message);

    private static string Sign(SimulatedKey key, string text) => Convert.ToBase64String(HMACSHA256.HashData(key.Secret(), Encoding.UTF8.GetBytes(text)));

    // As it came over the wire: what was signed is what was sent.
    private static string TargetOf(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } target ? target : request.Path.Value + request.QueryString.Value;

    private static string CallerOf(HttpRequest request) => (request.HttpContext.Connection.RemoteIpAddress ?? IPAddress.Loopback).ToString();

    private static IEnumerable<string> WordsOf(KeyPermissions permissions)
    {
        if (permissions.HasFlag(KeyPermissions.Read))
            yield return "read_only";
        if (permissions.HasFlag(KeyPermissions.Withdraw))
            yield return "withdraw";
        if (permissions.HasFlag(KeyPermissions.Trade))
            yield return "trade";
        if (permissions.HasFlag(KeyPermissions.Unknown))
            yield return "stake";
    }
}
