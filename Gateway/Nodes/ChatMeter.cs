using System.Diagnostics.Metrics;
using OrleansChat.Gateway.Rooms;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Nodes;

namespace OrleansChat.Gateway.Nodes;

/// <summary>How this edge stands, for any collector of .NET meters; what happens is counted by <see cref="EdgeMeter"/>.</summary>
public sealed class ChatMeter : IDisposable
{
    private readonly Meter meter;

    public ChatMeter(IMeterFactory meters, OpenSockets sockets, OpenRooms rooms, SocketTraffic traffic)
    {
        meter = meters.Create(ChatTelemetry.Name);
        meter.CreateObservableGauge("chat.connections", () => (long)sockets.Count, description: "Open WebSockets.");
        meter.CreateObservableGauge("chat.outbox.size", () => sockets.Waiting, "By", "Bytes that wait for slow sockets.");
        meter.CreateObservableGauge("chat.rooms.open", () => (long)rooms.Count, description: "Rooms that this edge holds open.");
        meter.CreateObservableCounter("chat.messages.in", () => traffic.MessagesIn, description: "Messages from clients.");
        meter.CreateObservableCounter("chat.frames.out", () => traffic.FramesOut, description: "Frames to clients.");
        meter.CreateObservableCounter("chat.bytes.in", () => traffic.BytesIn, description: "Bytes from clients.");
        meter.CreateObservableCounter("chat.bytes.out", () => traffic.BytesOut, description: "Bytes to clients.");
        meter.CreateObservableGauge("chat.process.memory", () => Environment.WorkingSet, description: "Bytes that the process occupies.");
        meter.CreateObservableCounter("chat.gc.collections", () => (long)GC.CollectionCount(0), description: "Garbage collections.");
        meter.CreateObservableGauge("chat.threads", () => (long)ThreadPool.ThreadCount, description: "Threads of the pool.");
    }

    public void Dispose() => meter.Dispose();
}
