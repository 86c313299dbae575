using System.Buffers;
using System.Text.Json;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// Where JSON is written before it becomes a frame: one buffer and one writer a thread, used again and again. A frame
/// waits in outboxes, so it gets an array of exactly its size; the one copy costs less than a buffer that grows anew
/// for every frame and then lies in the queues half empty.
/// </summary>
internal sealed class FrameBuffer
{
    private const int Kept = 64 * 1024; // what a thread keeps after a big frame

    [ThreadStatic]
    private static FrameBuffer? free;

    private ArrayBufferWriter<byte> json = new(1024);

    private FrameBuffer() =>
        // The framing sees no HTML: escaping what only HTML needs would double the size of many texts.
        Writer = new Utf8JsonWriter(json, new JsonWriterOptions { Encoder = WireEncoder.Instance });

    public Utf8JsonWriter Writer { get; }

    /// <summary>The thread's buffer; a new one when it is in use, or was lost to an exception.</summary>
    public static FrameBuffer Rent()
    {
        var buffer = free ?? new FrameBuffer();
        free = null;
        return buffer;
    }

    /// <summary>The text frame of what was written. The buffer is the thread's again.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        Writer.Flush();
        var frame = Frames.Text(json.WrittenSpan);
        if (json.Capacity > Kept) json = new ArrayBufferWriter<byte>(1024);
        else json.ResetWrittenCount();
        Writer.Reset(json);
        free = this;
        return frame;
    }
}
