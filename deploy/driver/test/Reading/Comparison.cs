using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansChat.Reading;

/// <summary>
/// Compares the records of the two sources, number by number. What /proc said before and after the device leaves a range;
/// the range is widened by what changes within milliseconds, and for rates, whose seconds are not the same seconds, by a
/// quarter.
/// </summary>
internal static class Comparison
{
    private const double MiB = 1024 * 1024;

    /// <summary>A line for each field, <c>ok - …</c> or <c>not ok - …</c>; true if all agree.</summary>
    public static bool Print(JsonObject before, JsonObject device, JsonObject after)
    {
        var well = Said("the sources are proc, device, proc", Text(before, "source") == "proc" && Text(device, "source") == "device" && Text(after, "source") == "proc");
        foreach (var name in before.Concat(device).Select(field => field.Key).Distinct())
        {
            if (name is "source" or "at" || name.StartsWith("process", StringComparison.Ordinal) && name != "processes") continue; // not the machine's
            well &= Same(name, before[name], device[name], after[name]);
        }

        return well;
    }

    private static bool Same(string name, JsonNode? before, JsonNode? device, JsonNode? after) => (before, device, after) switch
    {
        (JsonArray b, JsonArray d, JsonArray a) =>
            Said($"{name}: {d.Count} of them", b.Count == d.Count && a.Count == d.Count) && Enumerable.Range(0, d.Count).All(i => Same($"{name}[{i}]", b[i], d[i], a[i])),
        (JsonValue b, JsonValue d, JsonValue a) when IsNumber(b) && IsNumber(d) && IsNumber(a) => Near(name, b.GetValue<double>(), d.GetValue<double>(), a.GetValue<double>()),
        _ => Said($"{name}: {before} is {device} is {after}", device is not null && JsonNode.DeepEquals(before, device) && JsonNode.DeepEquals(after, device)),
    };

    private static bool Near(string name, double before, double device, double after)
    {
        var (low, high) = (Math.Min(before, after), Math.Max(before, after));
        var room = Room(name, high);
        return Said($"{name}: {low} - {room} <= {device} <= {high} + {room}", low - room <= device && device <= high + room);
    }

    private static double Room(string name, double value) => name switch
    {
        "memoryTotal" or "swapTotal" or "temperature" or "diskErrors" or "connections" => 0,
        "memoryFree" or "memoryAvailable" or "memoryBuffers" or "memoryCached" or "swapFree" => 4 * MiB,
        "load1" or "load5" or "load15" => 0.1, // they change every five seconds
        "uptime" => 1,
        "processes" or "threads" or "runnable" => 3,
        _ when name == "cpu" || name.StartsWith("cores", StringComparison.Ordinal) => 0.15,
        _ => value / 4 + 100,
    };

    private static bool IsNumber(JsonValue value) => value.GetValueKind() == JsonValueKind.Number;

    private static string? Text(JsonObject record, string name) => record[name]?.GetValue<string>();

    private static bool Said(string what, bool holds)
    {
        Console.WriteLine($"{(holds ? "ok" : "not ok")} - the record's {what}");
        return holds;
    }
}
