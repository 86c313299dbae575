using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using OrleansChat.Nodes;

namespace OrleansChat.Gateway.Nodes;

/// <summary>
/// What of this process leaves it: which meters and sources, and which of their labels. The lists say what may, so that
/// a label which somebody adds one day (Orleans puts grains' keys on its spans, and those are users and rooms) stays here.
/// </summary>
internal static class Shown
{
    public static readonly string[] Meters =
    [
        ChatTelemetry.Name, "Microsoft.Orleans", "System.Runtime",
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
    ];

    /// <summary>Not ASP.NET's: its spans carry addresses of rooms and of people.</summary>
    public static readonly string[] Sources =
    [
        ChatTelemetry.Name, "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Lifecycle", "Microsoft.Orleans.Storage",
    ];

    /// <summary>Series of one instrument; what comes above is counted in one of its own, <c>otel_metric_overflow</c>.</summary>
    private const int MaxSeries = 200;

    private static readonly string[] Labels =
    [
        ChatTelemetry.ErrorType, "chat.close.code",
        "gc.heap.generation", "cpu.mode",
        "system.memory.state", "system.paging.state", "system.paging.direction", "network.io.direction", "disk.io.direction",
        "http.request.method", "http.response.status_code", "http.route", "url.scheme",
        "network.protocol.name", "network.protocol.version", "network.transport", "network.type", "tls.protocol.version",
        // Orleans': directions, states, kinds of grains, silos and queues.
        "ConnectionDirection", "Context", "Destination", "Direction", "MessageDirection", "Phase", "QueueId", "Status",
        "directory", "duration", "grain_type", "locator", "provider_type_name", "silo", "state_name", "state_type", "status", "type", "via",
    ];

    private static readonly FrozenSet<string> Attributes = new[]
    {
        ChatTelemetry.ErrorType, "chat.operation", "chat.commit.size", "chat.events", "chat.outcome", "chat.seats",
        "rpc.system", "rpc.service", "rpc.method", "exception.type",
        "orleans.grain.type", "orleans.silo.id", "orleans.storage.provider", "orleans.storage.state.name", "orleans.storage.state.type",
    }.ToFrozenSet();

    /// <summary>How an instrument is shown. Those of another server in the same process are not ours to show.</summary>
    public static MetricStreamConfiguration View(Instrument instrument, IMeterFactory ours) =>
        instrument.Meter.Scope is null || ReferenceEquals(instrument.Meter.Scope, ours)
            ? new() { TagKeys = Labels, CardinalityLimit = MaxSeries }
            : MetricStreamConfiguration.Drop;

    /// <summary>
    /// Of operations a share, and nothing else begins a trace: not what Orleans' nodes say to each other all day, nor a
    /// grain's part of an operation that is not traced.
    /// </summary>
    public sealed class OperationsOnly(double share) : Sampler
    {
        private readonly TraceIdRatioBasedSampler sampler = new(share);

        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            samplingParameters.Kind is ActivityKind.Server && samplingParameters.Name.StartsWith("chat.", StringComparison.Ordinal)
                ? sampler.ShouldSample(samplingParameters)
                : new(SamplingDecision.Drop);
    }

    /// <summary>Takes every other attribute off a span, before it is sent.</summary>
    public sealed class AttributesOnly : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            List<string>? others = null;
            foreach (ref readonly var tag in data.EnumerateTagObjects())
            {
                if (!Attributes.Contains(tag.Key)) (others ??= []).Add(tag.Key);
            }

            foreach (var key in others ?? []) data.SetTag(key, null);
        }
    }
}
