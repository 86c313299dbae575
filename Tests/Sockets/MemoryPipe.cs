using System.IO.Pipelines;

namespace OrleansChat.Tests.Sockets;

/// <summary>One way of a connection, in memory: what a test sends comes out at the other end.</summary>
public sealed class MemoryPipe : IDisposable
{
    private readonly Pipe pipe = new();

    public MemoryPipe() => Out = pipe.Reader.AsStream();

    public Stream Out { get; }

    public async Task Send(ReadOnlyMemory<byte> bytes) => await pipe.Writer.WriteAsync(bytes);

    public void Dispose()
    {
        pipe.Writer.Complete();
        Out.Dispose();
    }
}
