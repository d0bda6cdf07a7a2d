namespace CacheTool;

internal enum Verb
{
    List,
    Verify,
    Convert,
    Prune,
    Export,
    Manifest,
}
