namespace CacheTool;

/// <summary>The user asked for something that cannot be done; the message is one line that says what to change.</summary>
internal sealed class UsageException(string message) : Exception(message);
