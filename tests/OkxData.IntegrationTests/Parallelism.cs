using NUnit.Framework;

// Most of the time here is waiting for the rate limit's window, against a server of each test's own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(6)]
