using System.Collections;
using System.Reflection;
using System.Text;

namespace OkxData.Tests.Credentials.Hunt;

/// <summary>Prints whatever an object holds: properties, fields, private ones too, of all it leads to, and bytes as every text they could be.</summary>
internal static class ObjectDump
{
    private const int Deepest = 12;
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Write(text, value, 0, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, int depth, HashSet<object> seen)
    {
        switch (value)
        {
            case null or Pointer or Delegate or Type or MemberInfo or Assembly:
                return;
            case string or decimal or DateTimeOffset or TimeSpan or Uri or Enum:
                text.Append(value).Append('\n');
                return;
            case byte[] bytes:
                text.Append(Encoding.UTF8.GetString(bytes)).Append('\n').Append(Convert.ToBase64String(bytes)).Append('\n').Append(Convert.ToHexString(bytes)).Append('\n');
                return;
        }

        var type = value.GetType();
        if (type.IsPrimitive)
        {
            text.Append(value).Append('\n');
            return;
        }

        if (depth > Deepest || (!type.IsValueType && !seen.Add(value)))
            return;

        text.Append(value).Append('\n');
        if (value is IEnumerable items and not Stream)
        {
            foreach (var item in items)
                Write(text, item, depth + 1, seen);
        }

        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (var field in level.GetFields(Everything).Where(field => !field.FieldType.IsPointer && !field.FieldType.IsByRefLike))
                Write(text, field.GetValue(value), depth + 1, seen);
            foreach (var property in level.GetProperties(Everything).Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && IsOurs(level) && !property.PropertyType.IsByRefLike))
                Write(text, property.GetValue(value), depth + 1, seen);
        }
    }

    // Properties of the framework may do anything; their fields tell the same.
    private static bool IsOurs(Type type) => type.Assembly.GetName().Name?.StartsWith("OkxData", StringComparison.Ordinal) == true;
}
