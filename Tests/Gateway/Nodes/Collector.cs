using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Tests.Gateway.Nodes;

/// <summary>Takes what an OTLP exporter sends by <c>http/protobuf</c>, and keeps it.</summary>
public sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> received = new();

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/v1/{signal}", async (HttpRequest request, string signal) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Enqueue((signal, body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
    }

    public static async Task<Collector> Start()
    {
        var collector = new Collector();
        await collector.app.StartAsync();
        return collector;
    }

    /// <summary>The standard variables by which a server finds it.</summary>
    /// <param name="sampler">Which operations are traced.</param>
    public (string Key, string Value)[] Variables(string sampler = "always_on") =>
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", app.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_TRACES_SAMPLER", sampler),
    ];

    public IReadOnlyList<SentSpan> Spans =>
    [
        .. from export in Of("traces")
           from resource in export.Messages(1)
           from scope in resource.Messages(2)
           from span in scope.Messages(2)
           select new SentSpan(scope.Message(1)!.Text(1), span),
    ];

    /// <summary>The names of all instruments whose figures came.</summary>
    public IReadOnlySet<string> Instruments => (from export in Of("metrics")
                                                from resource in export.Messages(1)
                                                from scope in resource.Messages(2)
                                                from metric in scope.Messages(2)
                                                select metric.Text(1)).ToHashSet();

    /// <summary>What each export says of its sender.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Senders =>
        [.. Of("traces").Concat(Of("metrics")).SelectMany(export => export.Messages(1)).Select(resource => SentSpan.Attributes(resource.Message(1)!.Messages(1)))];

    /// <summary>All that came, as it was sent; names would stand in it as they are.</summary>
    public string Everything => string.Concat(received.Select(export => Encoding.UTF8.GetString(export.Body)));

    private IEnumerable<ProtobufFields> Of(string signal) => received.Where(export => export.Signal == signal).Select(export => new ProtobufFields(export.Body));

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>A span as it was sent.</summary>
public sealed class SentSpan(string source, ProtobufFields span)
{
    /// <summary>The bits of a span's flags by which it says that its parent came from elsewhere.</summary>
    private const ulong ParentIsRemote = 0x300;

    public string Source => source;

    public string Trace => span.Hex(1);

    public string Id => span.Hex(2);

    /// <summary>Empty where it is the trace's first.</summary>
    public string Parent => span.Hex(4);

    public string Name => span.Text(5);

    public bool FromElsewhere => (span.Value(16) & ParentIsRemote) == ParentIsRemote;

    public IReadOnlyDictionary<string, string> Said => Attributes(span.Messages(9));

    internal static Dictionary<string, string> Attributes(IEnumerable<ProtobufFields> attributes) =>
        attributes.ToDictionary(a => a.Text(1), a => a.Message(2)!.Has(1) ? a.Message(2)!.Text(1) : $"{a.Message(2)!.Value(3)}");
}
