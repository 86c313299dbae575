using System.Text.Json;
using OrleansChat.Nodes;
using OrleansChat.Reading;

// The same machine through the device and, right before and right after, through /proc: one record, whatever the source.
using var before = new NodeReader("node", TimeProvider.System, new() { Device = null });
using var device = new NodeReader("node", TimeProvider.System);
using var after = new NodeReader("node", TimeProvider.System, new() { Device = null });
NodeReader[] readers = [before, device, after];

await Load.MakeAsync(TimeSpan.Zero);
Read(); // once for the compiler: what is slow must not lie between two sources
Read();
await Load.MakeAsync(TimeSpan.FromSeconds(1));
var records = Array.ConvertAll(Read(), reading => JsonSerializer.SerializeToNode(reading, NodeJson.Default.NodeReading)!.AsObject());

foreach (var record in records) Console.WriteLine(record.ToJsonString());
return Comparison.Print(records[0], records[1], records[2]) ? 0 : 1;

NodeReading[] Read() => Array.ConvertAll(readers, reader => reader.Read(default));
