using System.Diagnostics;
using System.Threading.Channels;
using OrleansChat.Nodes;

namespace OrleansChat.Tests.Conformance;

/// <summary>The chat's and Orleans' spans as they end. Other tests of this process have theirs here too: one asks for one's own.</summary>
public sealed class Spans : IDisposable
{
    private readonly Channel<Activity> ended = Channel.CreateUnbounded<Activity>();
    private readonly List<Activity> seen = [];
    private readonly ActivityListener listener;

    public Spans()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name == ChatTelemetry.Name || source.Name.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal),
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => ended.Writer.TryWrite(span),
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>An operation that is being recorded, under way in what <paramref name="act"/> begins.</summary>
    public static (Activity Operation, T Begun) Operation<T>(Func<T> act)
    {
        var operation = new Activity("operation") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        try
        {
            return (operation, act());
        }
        finally
        {
            Activity.Current = null;
        }
    }

    public Task<Activity> ChildOf(Activity parent) => Next(span => span.ParentSpanId == parent.SpanId);

    /// <summary>The first span that was or is such a one.</summary>
    public async Task<Activity> Next(Predicate<Activity> which)
    {
        using var patience = new CancellationTokenSource(Conformance.Patience);
        while (true)
        {
            if (seen.Find(which) is { } span) return span;
            seen.Add(await ended.Reader.ReadAsync(patience.Token));
        }
    }

    public void Dispose() => listener.Dispose();
}
