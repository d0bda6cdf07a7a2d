using Microsoft.AspNetCore.Http;
using OkxData.Models;
using OkxData.Testing.Market;
using OkxData.Testing.Series;

namespace OkxData.Testing.Serving;

/// <summary>Instruments, tickers, time and status.</summary>
internal sealed class MarketHandler(SymbolBook symbols)
{
    private readonly Lock _gate = new();
    private readonly List<MaintenanceWindow> _maintenance = [];

    public void Announce(MaintenanceWindow window)
    {
        lock (_gate)
            _maintenance.Add(window);
    }

    public bool IsInMaintenance(DateTimeOffset now) =>
        Windows().Any(window => window.Environment == "1" && now >= window.Begin && now < window.End);

    public Reply Instruments(IQueryCollection query, DateTimeOffset now)
    {
        var word = query["instType"].ToString();
        if (word is not ("SPOT" or "MARGIN" or "SWAP" or "FUTURES" or "OPTION" or "EVENTS"))
            return Reply.WrongParameter("instType");

        var name = query["instId"].ToString();
        var listed = OfType(word).Where(symbol => symbol.IsListedAt(now) || symbol.IsAnnouncedAt(now));
        if (name.Length == 0)
            return Reply.Ok(writer => Each(listed, symbol => InstrumentWriter.Write(writer, symbol, word, now)));

        return listed.FirstOrDefault(symbol => symbol.Name == name) is { } found
            ? Reply.Ok(writer => InstrumentWriter.Write(writer, found, word, now))
            : Reply.UnknownInstrument();
    }

    public Reply Tickers(IQueryCollection query, DateTimeOffset now)
    {
        var word = query["instType"].ToString();
        if (word is not ("SPOT" or "SWAP" or "FUTURES" or "OPTION"))
            return Reply.WrongParameter("instType");

        var listed = OfType(word).Where(symbol => symbol.IsListedAt(now));
        return Reply.Ok(writer => Each(listed, symbol => TickerWriter.Write(writer, symbol, word, now)));
    }

    public Reply Ticker(IQueryCollection query, DateTimeOffset now)
    {
        var name = query["instId"].ToString();
        if (name.Length == 0)
            return Reply.WrongParameter("instId");

        return symbols.Find(name) is { } symbol && symbol.IsListedAt(now)
            ? Reply.Ok(writer => TickerWriter.Write(writer, symbol, SymbolShape.WordOf(symbol.Type) ?? "", now))
            : Reply.UnknownInstrument();
    }

    public static Reply Time(DateTimeOffset now) => Reply.Ok(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("ts", Figures.Text(now.ToUnixTimeMilliseconds()));
        writer.WriteEndObject();
    });

    public Reply Status(IQueryCollection query, DateTimeOffset now)
    {
        var asked = query["state"].ToString();
        if (asked is not ("" or "scheduled" or "ongoing" or "pre_open" or "completed" or "canceled"))
            return Reply.WrongParameter("state");

        var shown = Windows().Where(window => asked.Length == 0 ? StateAt(window, now) != "completed" : StateAt(window, now) == asked);
        return Reply.Ok(writer => Each(shown, window =>
        {
            writer.WriteStartObject();
            writer.WriteString("title", window.Title);
            writer.WriteString("state", StateAt(window, now));
            writer.WriteString("begin", Figures.Text(window.Begin.ToUnixTimeMilliseconds()));
            writer.WriteString("end", Figures.Text(window.End.ToUnixTimeMilliseconds()));
            foreach (var field in (string[])["href", "preOpenBegin", "scheDesc"])
                writer.WriteString(field, "");
            writer.WriteString("serviceType", "5");
            writer.WriteString("system", "unified");
            writer.WriteString("maintType", "1");
            writer.WriteString("env", window.Environment);
            writer.WriteEndObject();
        }));
    }

    private static string StateAt(MaintenanceWindow window, DateTimeOffset now) =>
        now < window.Begin ? "scheduled" : now < window.End ? "ongoing" : "completed";

    private IEnumerable<ListedSymbol> OfType(string word)
    {
        var pairs = word == "MARGIN" ? "SPOT" : word;
        return symbols.All().Where(symbol => SymbolShape.WordOf(symbol.Type) == pairs);
    }

    private MaintenanceWindow[] Windows()
    {
        lock (_gate)
            return [.. _maintenance];
    }

    private static void Each<T>(IEnumerable<T> items, Action<T> write)
    {
        foreach (var item in items)
            write(item);
    }
}
