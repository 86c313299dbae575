using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>What a client's frames may cost the server in time and memory.</summary>
public sealed class FrameReadingCosts : IDisposable
{
    private readonly CancellationTokenSource soon = new(TimeSpan.FromSeconds(30));

    public void Dispose() => soon.Dispose();

    [Fact]
    public async Task A_large_message_byte_by_byte_costs_no_more_than_its_length()
    {
        // With a cost in the square of the length this would not end in time.
        var text = new byte[1 << 19];
        Array.Fill(text, (byte)'a');
        var frame = new ClientFrame(Opcode.Text, text).Bytes();
        using var stream = new PiecewiseStream(PiecewiseStream.ByteByByte(frame));
        using var reader = new FrameReader(stream, text.Length, TimeProvider.System);
        var received = await reader.ReadMessage(soon.Token);
        Assert.True(received.Payload.Span.SequenceEqual(text));
    }

    [Fact]
    public async Task An_idle_connection_waits_without_a_buffer()
    {
        var hello = new ClientFrame(Opcode.Text, "Hello"u8.ToArray()).Bytes();
        using var stream = new PiecewiseStream([hello], silentAtEnd: true);
        using var reader = new FrameReader(stream, 1000, TimeProvider.System);
        Assert.Equal(ReceivedKind.Text, (await reader.ReadMessage(soon.Token)).Kind);
        using var enough = new CancellationTokenSource();
        var waiting = reader.ReadMessage(enough.Token).AsTask();
        Assert.Equal(0, stream.LastAskedFor);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Messages_share_the_memory_that_they_gather_in()
    {
        var essay = new ClientFrame(Opcode.Text, new byte[8000]).Bytes();
        using var stream = new PiecewiseStream(Enumerable.Repeat(essay, 1100));
        using var reader = new FrameReader(stream, 10_000, TimeProvider.System);
        // The stream never waits, so that all of it runs on this thread.
        for (var i = 0; i < 100; i++) await reader.ReadMessage(soon.Token);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) await reader.ReadMessage(soon.Token);
        // 8 MB went through. (A debug build allocates some hundred bytes a call by itself.)
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_500_000);
    }

    [Fact]
    public void A_header_alone_claims_no_memory()
    {
        byte[] promise = [.. new ClientFrame(Opcode.Text, "a"u8.ToArray()) { Claims = 65_536 }.Bytes()];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 200; i++)
        {
            var reader = new FrameReader(new PiecewiseStream([promise], silentAtEnd: true), 65_536, TimeProvider.System);
            var waiting = reader.ReadMessage(soon.Token).AsTask();
            Assert.False(waiting.IsCompleted);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 * 12_000);
    }
}
