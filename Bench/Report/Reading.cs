namespace OrleansChat.Bench.Report;

/// <summary>One figure of one turn.</summary>
/// <param name="Case">The part of the work, such as "1,000 sockets, saturated".</param>
public sealed record Reading(string Case, Figure Figure, double Value);

/// <summary>What a figure is called, and how it is read.</summary>
/// <param name="Unit">Behind the number; empty for a count.</param>
/// <param name="MoreIsBetter">False where less is.</param>
public sealed record Figure(string Name, string Unit, bool MoreIsBetter)
{
    /// <summary>The one to trust on a noisy machine.</summary>
    public static readonly Figure PerCpuSecond = new("deliveries per CPU second", "", true);

    public static readonly Figure PerSecond = new("deliveries/s", "", true);
    public static readonly Figure PostsPerSecond = new("posts/s", "", true);
    public static readonly Figure PostsPerCpuSecond = new("posts per CPU second", "", true);
    public static readonly Figure Median = new("p50", "ms", false);
    public static readonly Figure P99 = new("p99", "ms", false);
    public static readonly Figure BytesPerSocket = new("bytes per connection", "B", false);
    public static readonly Figure Resident = new("resident memory", "MiB", false);
    public static readonly Figure CpuShare = new("server CPU", "%", false);
    public static readonly Figure LoadShare = new("load's CPU", "%", false);
    public static readonly Figure Time = new("time", "s", false);
    public static readonly Figure CpuTime = new("CPU time", "s", false);
    public static readonly Figure CpuPerDelivery = new("CPU per delivery", "µs", false);
    public static readonly Figure CpuPerPost = new("CPU per post", "µs", false);
    public static readonly Figure CpuPerPage = new("CPU per page", "µs", false);
}
