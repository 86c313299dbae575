using System.Collections.Frozen;
using System.Diagnostics;
using OrleansChat.Gateway.Nodes;
using OrleansChat.Nodes;

namespace OrleansChat.Gateway.Operations;

/// <summary>An operation as operators see it, from its frame to its answer. Disposed without an answer it was given up.</summary>
public readonly struct Observed : IDisposable
{
    private static readonly FrozenDictionary<string, string> SpanNames = Operation.Names.ToFrozenDictionary(name => name, name => $"chat.{name}");

    private readonly EdgeMeter meter;
    private readonly Operation operation;
    private readonly Activity? span;

    internal Observed(EdgeMeter meter, Operation operation, long began)
    {
        (this.meter, this.operation, Began) = (meter, operation, began);
        if (!ChatTelemetry.Source.HasListeners()) return;

        // A trace of its own: not one with the request that opened the socket, nor one whose id a stranger sent.
        Activity.Current = null;
        var name = Operation.NameOf(operation);
        span = ChatTelemetry.Source.StartActivity(SpanNames[name], ActivityKind.Server);
        span?.SetTag("chat.operation", name);
    }

    /// <summary>When its frame was there, as a timestamp.</summary>
    public long Began { get; }

    /// <summary>What happens from here on belongs to it, on whosever way it sets out.</summary>
    /// <returns>What was current, to be made so again.</returns>
    public Activity? Enter()
    {
        var before = Activity.Current;
        if (span is not null) Activity.Current = span;
        return before;
    }

    public void Answered(Reply reply) => meter.Answered(operation, reply, Began);

    public void Dispose() => span?.Dispose();
}
