using System.Text;
using System.Text.Json;

namespace OkxData.Http;

/// <summary>The fields that are read of a row which is an object, by OKX's names. All others are skipped, whatever they hold.</summary>
/// <remarks>An absent, empty or null field is <see langword="null"/>; one of a wrong kind is the row's fault.</remarks>
internal sealed class RowFields<TRow>
{
    private readonly List<Field> _fields = [];

    /// <summary>A text; a number is taken as it is written.</summary>
    public RowFields<TRow> Word(string name, Action<TRow, string?> set) =>
        Add(name, (ref reader, row, ref fault) => set(row, reader.ReadWord(name, ref fault)));

    /// <summary>A figure, exact to the digit, whether it is written as a text or as a number.</summary>
    public RowFields<TRow> Figure(string name, Action<TRow, decimal?> set) =>
        Add(name, (ref reader, row, ref fault) => set(row, reader.ReadFigure(name, ref fault)));

    /// <summary>An instant in Unix milliseconds.</summary>
    public RowFields<TRow> Time(string name, Action<TRow, long?> set) =>
        Add(name, (ref reader, row, ref fault) => set(row, reader.ReadTime(name, ref fault)));

    /// <summary>An object whose fields belong to the row as well; anything else there counts as absent.</summary>
    public RowFields<TRow> Nested(string name, RowFields<TRow> fields) => Add(name, (ref reader, row, ref fault) =>
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            fault = fields.Read(ref reader, row) ?? fault;
        else
            reader.SkipValue();
    });

    /// <summary>Reads an object into a row.</summary>
    /// <param name="reader">Stands on the opening brace; is left on the closing one.</param>
    /// <param name="row">Takes the values.</param>
    /// <returns>What is wrong with the first field that cannot be read, or <see langword="null"/>.</returns>
    /// <exception cref="JsonException">The reply is not JSON, or ends early.</exception>
    public string? Read(ref Utf8JsonReader reader, TRow row)
    {
        string? fault = null;
        for (reader.Advance(); reader.TokenType != JsonTokenType.EndObject; reader.Advance())
        {
            var field = Find(in reader);
            reader.Advance();
            if (field is null)
                reader.SkipValue();
            else
                field.Read(ref reader, row, ref fault);
        }

        return fault;
    }

    private RowFields<TRow> Add(string name, FieldSetter set)
    {
        _fields.Add(new Field(name, Encoding.UTF8.GetBytes(name), set));
        return this;
    }

    private Field? Find(in Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped)
            return FieldReader.TextOf(in reader) is { } text ? _fields.Find(field => field.Name == text) : null;

        var name = reader.ValueSpan;
        foreach (var field in _fields)
        {
            if (name.SequenceEqual(field.Utf8Name))
                return field;
        }

        return null;
    }

    private delegate void FieldSetter(ref Utf8JsonReader reader, TRow row, ref string? fault);

    private sealed record Field(string Name, byte[] Utf8Name, FieldSetter Read);
}
