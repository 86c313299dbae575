using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansChat.Nodes;

/// <summary>
/// What the domain shows an operator, by .NET's own diagnostics: spans and figures without the name of a user, a room
/// or a text in them. While nobody listens they cost next to nothing.
/// </summary>
public static class ChatTelemetry
{
    /// <summary>The name of all our meters and of our activity source.</summary>
    public const string Name = "OrleansChat";

    /// <summary>The kind of failure, by OpenTelemetry's conventions: an error code of the protocol, or an exception's type.</summary>
    public const string ErrorType = "error.type";

    public static readonly ActivitySource Source = new(Name);

    /// <summary>Seconds, from a memory's answer to the point where clients give up; for everything that is stored.</summary>
    public static readonly IReadOnlyList<double> Durations = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

    private static readonly Meter Meter = new(Name);

    internal static readonly Histogram<int> CommitSize = Meter.CreateHistogram(
        "chat.commit.size", "{command}", "Commands in one commit of a room.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500] });

    internal static readonly Histogram<double> AppendDuration = Meter.CreateHistogram(
        "chat.append.duration", "s", "Time until a storage had an append durable, or gave it up.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Durations });

    /// <summary>The span failed. The exception's message is kept out: it may name a room.</summary>
    public static void Fail(this Activity span, Exception why)
    {
        span.SetStatus(ActivityStatusCode.Error);
        span.SetTag(ErrorType, why.GetType().FullName);
    }
}
