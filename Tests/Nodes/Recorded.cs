using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansChat.Nodes;

namespace OrleansChat.Tests.Nodes;

/// <summary>
/// Machines as they write themselves down, each a folder of <c>Corpus</c>: <c>before</c> has <c>proc</c>, <c>sys</c> and
/// perhaps the <c>device</c>; <c>after</c> what is another text so many seconds later; <c>expected.json</c> the seconds,
/// what is gone by then, and the record; what is not in it must be absent.
/// </summary>
public sealed class Recorded : IDisposable
{
    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "Nodes", "Corpus");

    /// <summary>Of this process and its edge: no part of what was written down.</summary>
    private static readonly string[] Own =
    [
        "node", "at", "processCpu", "processHeap", "processGcPause", "processCollections", "processPoolThreads", "processPoolQueue", "processUptime",
        "connections", "rooms", "outbox", "messages", "deliveries",
    ];

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("chat-corpus-");

    public void Dispose() => root.Delete(recursive: true);

    public static TheoryData<string> Machines => [.. Directory.GetDirectories(Corpus).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Machines))]
    public void A_machine_gives_the_expected_record(string machine)
    {
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(Corpus, machine, "expected.json")))!;
        var time = new ManualTime(new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
        using var reader = new NodeReader("node-1", time, new(Path.Combine(root.FullName, "proc"), Path.Combine(root.FullName, "sys"), Path.Combine(root.FullName, "device")));
        Become(machine, "before");
        reader.Read(default);
        time.Advance(TimeSpan.FromSeconds((double)expected["seconds"]!));
        Become(machine, "after");
        foreach (var file in expected["gone"]?.AsArray() ?? []) File.Delete(Path.Combine(root.FullName, (string)file!));
        var reading = JsonSerializer.SerializeToNode(reader.Read(default), NodeJson.Default.NodeReading)!.AsObject();
        foreach (var own in Own) reading.Remove(own);
        if (expected["reading"]!["processMemory"] is null) reading.Remove("processMemory"); // then it is this process's
        Assert.Equal(Lines(expected["reading"]!), Lines(reading));
    }

    private void Become(string machine, string moment)
    {
        var folder = Path.Combine(Corpus, machine, moment);
        if (!Directory.Exists(folder)) return; // nothing has changed
        foreach (var file in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(root.FullName, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.WriteAllBytes(to, File.ReadAllBytes(file)); // in place, as the kernel does
        }
    }

    private static string[] Lines(JsonNode record) => [.. record.AsObject().Select(field => $"{field.Key}: {field.Value?.ToJsonString()}").Order(StringComparer.Ordinal)];
}
