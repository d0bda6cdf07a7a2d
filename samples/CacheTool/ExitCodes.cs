namespace CacheTool;

internal static class ExitCodes
{
    public const int Good = 0;
    public const int Found = 1;
    public const int BadArguments = 2;
    public const int Stopped = 130;
}
