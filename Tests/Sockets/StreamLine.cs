using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>A stream of which a test decides whether it flows.</summary>
public sealed class StreamLine : Line
{
    private readonly SlowStream stream = new();

    public StreamLine() => Wire = new StreamWire(stream);

    public override byte[] Sent => stream.Sent;

    protected override IWire Wire { get; }

    public override void StandStill() => stream.StandStill();

    public override void ReadOn() => stream.ReadOn();

    public override void Break() => stream.Break(new InvalidOperationException("the request is over"));

    public override Task<byte[]> Received(long bytes) => stream.Received(bytes);

    protected override void Dispose(bool disposing) => stream.Dispose();
}
