using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// Makes messages out of bytes, wherever they are cut: the rules of RFC 6455 for what a client sends, without a stream.
/// </summary>
internal sealed class FrameAssembly(int maxMessage) : IDisposable
{
    /// <summary>
    /// How many frames a message may come in. Empty fragments make no progress towards <c>maxMessage</c> and could go on
    /// forever; 1,024 lets 64 KiB come in pieces of 64 bytes, and is refused with 1009 like any message too large.
    /// </summary>
    public const int MaxFragments = 1024;

    private readonly MessageBuffer message = new();
    private int fragments; // 0: no message has begun
    private FrameHeader frame; // the data frame whose payload is coming
    private bool inPayload;
    private int missing; // bytes of the payload that have not come
    private uint key;

    /// <summary>Takes frames off the input until one completes something; null when more bytes are needed.</summary>
    public Received? Take(ref ReadOnlySequence<byte> input)
    {
        while (true)
        {
            if (!inPayload)
            {
                if (!TryReadHeader(input, out var header, out var violation))
                {
                    return violation is null ? null : Received.Broken(violation);
                }

                if (header.IsControl) return TakeControl(ref input, header);
                if (++fragments > MaxFragments) return Received.Broken(Violation.TooManyFragments);
                input = input.Slice(header.Size);
                (frame, missing, key, inPayload) = (header, header.Length, header.Key, true);
            }

            TakePayload(ref input);
            if (inPayload) return null;
            if (frame.Final) return Finish();
        }
    }

    private bool TryReadHeader(in ReadOnlySequence<byte> input, out FrameHeader header, out Violation? violation)
    {
        scoped var bytes = input.FirstSpan;
        if (bytes.Length < FrameHeader.MaxSize && !input.IsSingleSegment)
        {
            Span<byte> joined = stackalloc byte[(int)Math.Min(input.Length, FrameHeader.MaxSize)];
            input.Slice(0, joined.Length).CopyTo(joined);
            bytes = joined;
        }

        return FrameHeader.TryRead(bytes, fragments > 0, maxMessage - message.Length, out header, out violation);
    }

    private void TakePayload(ref ReadOnlySequence<byte> input)
    {
        var here = input.Slice(0, Math.Min(input.Length, missing));
        foreach (var piece in here) key = message.Append(piece.Span, key);
        missing -= (int)here.Length;
        inPayload = missing > 0;
        input = input.Slice(here.End);
    }

    private Received Finish()
    {
        if (!Utf8.IsValid(message.Written.Span)) return Received.Broken(Violation.NotUtf8);
        fragments = 0;
        return new Received(ReceivedKind.Text, message.Written);
    }

    private static Received? TakeControl(ref ReadOnlySequence<byte> input, FrameHeader header)
    {
        // A control frame is so small that it waits in the input until it is whole.
        if (input.Length < header.Size + header.Length) return null;
        var payload = input.Slice(header.Size, header.Length).ToArray();
        Mask.Copy(payload, payload, header.Key);
        input = input.Slice(header.Size + header.Length);
        return header.Opcode switch
        {
            Opcode.Ping => new Received(ReceivedKind.Ping, payload),
            Opcode.Pong => new Received(ReceivedKind.Pong, payload),
            _ => ReadClose(payload),
        };
    }

    private static Received ReadClose(byte[] payload)
    {
        if (payload.Length == 1) return Received.Broken(Violation.ClosePayload);
        var code = payload.Length == 0 ? CloseCode.None : BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (payload.Length > 0 && !CloseCode.MaySend(code)) return Received.Broken(Violation.CloseCodeInvalid);
        var reason = payload.AsSpan(Math.Min(2, payload.Length));
        if (!Utf8.IsValid(reason)) return Received.Broken(Violation.NotUtf8);
        return new Received(ReceivedKind.Close, default, code, Encoding.UTF8.GetString(reason));
    }

    /// <summary>Forgets the text that was given last. One that is still coming stays.</summary>
    public void ReleaseText()
    {
        if (fragments == 0) message.Release();
    }

    public void Dispose() => message.Release();
}
