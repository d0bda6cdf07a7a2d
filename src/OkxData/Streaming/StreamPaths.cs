namespace OkxData.Streaming;

/// <summary>The addresses of OKX's two feeds.</summary>
internal static class StreamPaths
{
    public static string NameOf(StreamPath path) => path == StreamPath.Public ? "public" : "business";

    /// <summary>The address under a host's own, which keeps its port and path; no port is added.</summary>
    public static Uri AddressOf(Uri host, StreamPath path) =>
        new UriBuilder(host) { Path = $"{host.AbsolutePath.TrimEnd('/')}/ws/v5/{NameOf(path)}" }.Uri;
}
