using System.Diagnostics;
using System.Globalization;

namespace OrleansChat.Tests.Processes;

/// <summary>How long and how hard a run is, by environment variables: short in the normal run, long by hand.</summary>
internal static class Run
{
    /// <summary><c>CHAT_LONG=1</c>: everything in its long form.</summary>
    public static bool Long { get; } = Environment.GetEnvironmentVariable("CHAT_LONG") == "1";

    /// <summary><c>CHAT_KILLS</c>: how often a server is killed over one database.</summary>
    public static int Kills { get; } = (int?)Number("CHAT_KILLS") ?? (Long ? 20 : 2);

    /// <summary><c>CHAT_FUZZ_CASES</c>: how many conversations are spoiled.</summary>
    public static int FuzzCases { get; } = (int?)Number("CHAT_FUZZ_CASES") ?? (Long ? 20_000 : 250);

    /// <summary><c>CHAT_SEED</c> repeats the random choices of an earlier run.</summary>
    public static long Seed { get; } = Number("CHAT_SEED") ?? Stopwatch.GetTimestamp();

    private static long? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? long.Parse(value, CultureInfo.InvariantCulture) : null;
}

/// <summary>Tests that start servers take turns: two cores are not enough for two loads.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Processes
{
    public const string Name = "Processes";
}
