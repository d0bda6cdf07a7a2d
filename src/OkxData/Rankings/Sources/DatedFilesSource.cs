using System.Globalization;
using System.Text.Json;
using OkxData.Errors;
using OkxData.Http;
using OkxData.Models;
using OkxData.Validation;

namespace OkxData.Rankings.Sources;

/// <summary>Rankings of the past in a folder of the user's, one file a day; see <see cref="RankingsOptions.DatedFilesDirectory"/>.</summary>
internal sealed class DatedFilesSource(string folder) : IMarketCapSource
{
    private const string DateFormat = "yyyy-MM-dd";
    private const int MaxBytes = 64 * 1024 * 1024;

    public string Name => "DatedFiles";

    public async Task<MarketCapListing?> GetListingAsync(DateTimeOffset? asOf, int count, CancellationToken cancellationToken = default)
    {
        if (asOf is not { } instant || NewestAt(instant) is not { } day)
            return null;

        var path = Path.Combine(folder, day.ToString(DateFormat, CultureInfo.InvariantCulture) + ".json");
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
                throw Unreadable(path, $"it is larger than {MaxBytes} bytes", null);
            return Read(day, path, await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, exception);
        }
    }

    private DateOnly? NewestAt(DateTimeOffset instant)
    {
        try
        {
            var days = Directory.EnumerateFiles(folder, "*.json")
                .Select(path => DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(path), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null)
                .Where(day => day is { } one && StartOf(one) <= instant);
            return days.Max();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(folder, exception);
        }
    }

    private static DateTimeOffset StartOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static MarketCapListing Read(DateOnly day, string path, ReadOnlySpan<byte> content)
    {
        try
        {
            var reader = new Utf8JsonReader(content.StartsWith("\uFEFF"u8) ? content[3..] : content);
            reader.Read();
            var reply = ReplyRowsReader.Read(ref reader, "assets", ValidationRules.RankingBrokenRow, ReadRow, Path.GetFileName(path));
            reader.Read();

            // Half a file would be a universe with holes that nobody sees.
            if (reply.LeftOut is [var first, ..])
                throw Unreadable(path, first.ToString(), null);
            return new MarketCapListing { AsOf = StartOf(day), Ids = MarketCapIds.OkxCurrency, Entries = reply.Rows };
        }
        catch (JsonException exception)
        {
            throw Unreadable(path, exception.Message, exception);
        }
    }

    private static MarketCapEntry? ReadRow(ref Utf8JsonReader reader, out RowRefusal? refusal)
    {
        var row = new DatedRow();
        var fault = DatedRow.Fields.Read(ref reader, row)
            ?? (row.MarketCap is not > 0 ? "market_cap is not a number above zero" : row.Price is not > 0 ? "price is not a number above zero" : null)
            ?? EntryRules.FaultOfNames(row.Symbol, row.Symbol);
        refusal = fault is null ? null : new RowRefusal(ValidationRules.RankingBrokenRow, row.Symbol, fault, IsBroken: true);
        if (fault is not null)
            return null;

        var currency = Symbols.Currencies(row.Symbol!.ToUpperInvariant()).Base;
        return new MarketCapEntry
        {
            Id = currency,
            Ticker = currency,
            Name = row.Name ?? "",
            MarketCap = row.MarketCap,
            Price = row.Price,
            CirculatingSupply = row.CirculatingSupply,
            Volume24h = row.Volume24h,
        };
    }

    private static OkxPayloadException Unreadable(string path, string what, Exception? cause) =>
        new($"The dated ranking '{path}' cannot be used: {what.TrimEnd('.')}; correct or remove the file (Rankings.DatedFilesDirectory says what form it has).", cause);

    private static OkxCacheException Failed(string path, Exception cause) =>
        new($"The dated rankings in '{path}' cannot be read: {cause.Message.TrimEnd('.')}; check Rankings.DatedFilesDirectory.", cause) { Location = path };

    private sealed class DatedRow
    {
        public static readonly RowFields<DatedRow> Fields = new RowFields<DatedRow>()
            .Word("symbol", (row, value) => row.Symbol = value)
            .Word("name", (row, value) => row.Name = value)
            .Figure("market_cap", (row, value) => row.MarketCap = value)
            .Figure("price", (row, value) => row.Price = value)
            .Figure("volume_24h", (row, value) => row.Volume24h = value)
            .Figure("circulating_supply", (row, value) => row.CirculatingSupply = value);

        public string? Symbol { get; private set; }

        public string? Name { get; private set; }

        public decimal? MarketCap { get; private set; }

        public decimal? Price { get; private set; }

        public decimal? Volume24h { get; private set; }

        public decimal? CirculatingSupply { get; private set; }
    }
}
