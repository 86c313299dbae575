using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace OrleansChat.Gateway.Nodes;

/// <summary>
/// Our meters in Prometheus' text format (version 0.0.4). Only instruments without labels: counters and gauges, none of
/// which names a user or a room.
/// </summary>
public sealed class PrometheusText : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, double> values = new();

    public PrometheusText()
    {
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == ChatMeter.Name) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values[instrument] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => values[instrument] = value);
        listener.Start();
    }

    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (instrument, value) in values.OrderBy(entry => entry.Key.Name, StringComparer.Ordinal))
        {
            var counts = instrument is ObservableCounter<long>;
            var name = instrument.Name.Replace('.', '_') + (counts ? "_total" : "");
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n# TYPE {name} {(counts ? "counter" : "gauge")}\n{name} {value}\n");
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();
}
