using System.IO.Pipelines;

namespace OrleansChat.Tests.Sockets;

/// <summary>One way of a connection, in memory: what a test sends comes out at the other end.</summary>
public sealed class MemoryPipe : IDisposable
{
    private readonly Pipe _pipe = new();

    public MemoryPipe() => Out = _pipe.Reader.AsStream();

    public Stream Out { get; }

    public async Task Send(ReadOnlyMemory<byte> bytes) => await _pipe.Writer.WriteAsync(bytes);

    public void Dispose()
    {
        _pipe.Writer.Complete();
        Out.Dispose();
    }
}
