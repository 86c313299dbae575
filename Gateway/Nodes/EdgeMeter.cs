using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrleansChat.Gateway.Http;
using OrleansChat.Gateway.Operations;
using OrleansChat.Nodes;

namespace OrleansChat.Gateway.Nodes;

/// <summary>What happens at this edge, counted as it happens. Its labels are words of the protocol, never a name of a user or a room.</summary>
public sealed class EdgeMeter
{
    private static readonly FrozenDictionary<ErrorCode, string> Words = Enum.GetValues<ErrorCode>().ToFrozenDictionary(code => code, Problems.Word);

    private readonly TimeProvider time;
    private readonly Histogram<double> postDuration;
    private readonly Counter<long> refusals;
    private readonly Counter<long> closes;
    private long posts;
    private long deliveries;

    public EdgeMeter(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        var meter = meters.Create(ChatTelemetry.Name);
        meter.CreateObservableCounter("chat.posts", () => Posts, "{post}", "Posts that were answered with their number.");
        postDuration = meter.CreateHistogram("chat.post.duration", "s", "Time from a post's frame to its answer.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = ChatTelemetry.Durations });
        refusals = meter.CreateCounter<long>("chat.refusals", "{refusal}", "Operations and frames that were refused, by code.");
        meter.CreateObservableCounter("chat.deliveries", () => Deliveries, "{frame}", "Frames with events of rooms, counted for each socket that got them.");
        closes = meter.CreateCounter<long>("chat.closes", "{connection}", "Connections that this edge closed, by close code; 4008 is a reader too slow.");
    }

    /// <summary>Posts that were answered with their number.</summary>
    public long Posts => Interlocked.Read(ref posts);

    /// <summary>Frames with events of rooms, counted for each socket that got them.</summary>
    public long Deliveries => Interlocked.Read(ref deliveries);

    /// <summary>An operation begins, with a span of its own.</summary>
    public Observed Begin(Operation operation) => new(this, operation, time.GetTimestamp());

    internal void Answered(Operation operation, Reply reply, long began)
    {
        if (reply.Refusal is { } refusal) Refused(refusal);
        if (operation is not Operation.Post) return;
        if (reply.Refusal is null) Interlocked.Increment(ref posts);
        postDuration.Record(time.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Counts a refusal, and notes it on the span of the operation under way.</summary>
    public void Refused(Refusal refusal)
    {
        var word = Words[refusal.Code];
        refusals.Add(1, new KeyValuePair<string, object?>(ChatTelemetry.ErrorType, word));
        if (Activity.Current is { } span && span.Source == ChatTelemetry.Source) span.SetTag(ChatTelemetry.ErrorType, word);
    }

    public void Delivered(int frames)
    {
        if (frames > 0) Interlocked.Add(ref deliveries, frames);
    }

    public void Closed(int code)
    {
        if (closes.Enabled) closes.Add(1, new KeyValuePair<string, object?>("chat.close.code", code));
    }
}
