using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OrleansChat.Gateway.Nodes;

/// <summary>
/// What this process shows operators: figures on <c>/metrics</c>, and, once OpenTelemetry's standard variable
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, figures and traces to a collector. See docs/OBSERVABILITY.md.
/// </summary>
public sealed class Telemetry : IHostedLifecycleService, IDisposable
{
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string SamplerKey = "OTEL_TRACES_SAMPLER";
    private const string RatioKey = "OTEL_TRACES_SAMPLER_ARG";

    /// <summary>Of all operations, so many are traced where nothing else is configured: enough to see, too few to cost.</summary>
    private const double TracedByDefault = 0.05;

    /// <summary>What is left to send goes out within this time of a stop, or is lost: a stop has 10 s in all.</summary>
    private static readonly TimeSpan FlushWithin = TimeSpan.FromSeconds(2);

    private readonly OpenTelemetrySdk sdk;

    public Telemetry(IConfiguration configuration, IMeterFactory meters, IOptions<ChatOptions> options) => sdk = OpenTelemetrySdk.Create(otel =>
    {
        otel.Services.AddSingleton(configuration); // the OTEL_ variables may come from wherever settings come from
        otel.ConfigureResource(resource => resource.Clear()
            .AddService("orleanschat", serviceInstanceId: options.Value.Node)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector()); // the last word: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES
        otel.WithMetrics(metrics => metrics
            .AddMeter(Shown.Meters)
            .AddView(instrument => Shown.View(instrument, meters))
            .AddPrometheusExporter(prometheus =>
            {
                prometheus.ScopeInfoEnabled = false;
                prometheus.TargetInfoEnabled = false;
                prometheus.ScrapeResponseCacheDurationMilliseconds = 0;
            }));
        if (string.IsNullOrEmpty(configuration[EndpointKey])) return;
        otel.WithTracing(tracing =>
        {
            tracing.AddSource(Shown.Sources).AddProcessor(new Shown.AttributesOnly());
            if (string.IsNullOrEmpty(configuration[SamplerKey])) tracing.SetSampler(new ParentBasedSampler(new Shown.OperationsOnly(Ratio(configuration))));
        });
        otel.UseOtlpExporter();
    });

    /// <summary>The collector of the meters, for whoever reads them.</summary>
    public MeterProvider Meters => sdk.MeterProvider;

    /// <summary>A value that cannot be one would be passed over in silence.</summary>
    /// <exception cref="ConfigurationException">There is such a one.</exception>
    public static void Check(IConfiguration configuration)
    {
        if (configuration[EndpointKey] is { Length: > 0 } endpoint
            && !(Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            throw new ConfigurationException($"{EndpointKey} is '{endpoint}', which is no address of a collector; write it as http://host:4317.");
        }

        if (string.IsNullOrEmpty(configuration[SamplerKey]) && Ratio(configuration) is not (>= 0 and <= 1))
        {
            throw new ConfigurationException($"{RatioKey} is '{configuration[RatioKey]}', which is no share of operations; write a number from 0 to 1, such as 0.05.");
        }
    }

    private static double Ratio(IConfiguration configuration) => configuration[RatioKey] is not { Length: > 0 } text ? TracedByDefault
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) ? ratio : double.NaN;

    /// <summary>After everything else has stopped, so that its last spans are among what is sent.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var within = (int)FlushWithin.TotalMilliseconds;
        Task sent = Task.WhenAll(
            Task.Run(() => sdk.TracerProvider.Shutdown(within), CancellationToken.None),
            Task.Run(() => Meters.Shutdown(within), CancellationToken.None));
        await sent.WaitAsync(FlushWithin + FlushWithin, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => sdk.Dispose();

    Task IHostedLifecycleService.StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
