using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// Reads a client's frames (RFC 6455, no extensions) and gives whole text messages and control frames. A length over
/// the limit is refused on its header, before the payload is read. An idle connection holds no buffer; a busy one holds
/// at most its message (up to twice that for the moment in which the buffer grows) and a segment of 4 KiB.
/// </summary>
public sealed class FrameReader : IDisposable
{
    /// <summary>
    /// How many frames a message may come in. Empty fragments make no progress towards <c>maxMessage</c> and could go on
    /// forever; 1,024 lets 64 KiB come in pieces of 64 bytes, and is refused with 1009 like any message too large.
    /// </summary>
    public const int MaxFragments = 1024;

    private readonly PipeReader _input;
    private readonly int _maxMessage;
    private readonly TimeProvider _time;
    private readonly SocketTraffic? _traffic;
    private readonly MessageBuffer _message = new();

    private int _fragments; // 0: no message has begun
    private FrameHeader _frame; // the data frame whose payload is coming
    private int _missing; // bytes of its payload that have not come
    private bool _inPayload;
    private uint _key;
    private long _unread; // bytes that came but wait for the rest of a header or control frame
    private long _lastReceived;
    private bool _over;

    public FrameReader(Stream stream, int maxMessage, TimeProvider time, SocketTraffic? traffic = null)
    {
        // Waiting with a read of zero bytes is what leaves an idle connection without a buffer.
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(
            bufferSize: 4096, minimumReadSize: 1024, leaveOpen: true, useZeroByteReads: true));
        (_maxMessage, _time, _traffic) = (maxMessage, time, traffic);
        _lastReceived = time.GetTimestamp();
    }

    /// <summary>When the last bytes came (a timestamp of the time provider); before any, when the reader was made.</summary>
    public long LastReceived => Volatile.Read(ref _lastReceived);

    /// <summary>For how long nothing came. May be asked from any thread.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(LastReceived);

    /// <summary>
    /// The next message or control frame. A stream that breaks has ended. After a close, a violation or the end there is
    /// only the end. One read at a time.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was; reading may go on later.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Received> ReadMessage(CancellationToken cancel)
    {
        if (_fragments == 0) _message.Release();
        while (!_over)
        {
            ReadResult read;
            try
            {
                read = await _input.ReadAsync(cancel);
            }
            catch (Exception broken) when (IsBreak(broken, cancel))
            {
                break;
            }

            var input = read.Buffer;
            Note(input.Length);
            var received = Take(ref input);
            _unread = input.Length;
            // What follows a message is left unexamined, so that the next read finds it at once.
            _input.AdvanceTo(input.Start, received is null ? input.End : input.Start);
            if (received is { } whole) return whole;
            if (read.IsCompleted) break;
        }

        _over = true;
        return Received.End;
    }

    /// <summary>
    /// Reads and forgets whatever still comes, until the end. Closing a socket with unread bytes resets it, and the
    /// reset may overtake the close frame: so after a violation the owner lets the client read why, for a bounded time.
    /// </summary>
    public async Task Discard(CancellationToken cancel)
    {
        _over = true;
        _message.Release();
        try
        {
            ReadResult read;
            do
            {
                read = await _input.ReadAsync(cancel);
                _input.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
        }
        catch (Exception broken) when (IsBreak(broken, default))
        {
        }
    }

    public void Dispose()
    {
        _message.Release();
        _input.Complete();
    }

    // Kestrel tells of an aborted connection by a cancellation that nobody here asked for.
    private static bool IsBreak(Exception exception, CancellationToken cancel) =>
        exception is IOException or ObjectDisposedException
        || (exception is OperationCanceledException && !cancel.IsCancellationRequested);

    private void Note(long buffered)
    {
        if (buffered == _unread) return;
        Volatile.Write(ref _lastReceived, _time.GetTimestamp());
        _traffic?.Received(buffered - _unread);
    }

    /// <summary>Takes frames from the input until one completes something; null when more bytes are needed.</summary>
    private Received? Take(ref ReadOnlySequence<byte> input)
    {
        while (true)
        {
            if (!_inPayload)
            {
                if (!TryReadHeader(input, out var header, out var violation))
                {
                    return violation is null ? null : Break(violation);
                }

                if (header.IsControl) return TakeControl(ref input, header);
                if (++_fragments > MaxFragments) return Break(Violation.TooManyFragments);
                input = input.Slice(header.Size);
                (_frame, _missing, _key, _inPayload) = (header, header.Length, header.Key, true);
            }

            TakePayload(ref input);
            if (_inPayload) return null;
            if (_frame.Final) return Finish();
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

        return FrameHeader.TryRead(bytes, _fragments > 0, _maxMessage - _message.Length, out header, out violation);
    }

    private void TakePayload(ref ReadOnlySequence<byte> input)
    {
        var here = input.Slice(0, Math.Min(input.Length, _missing));
        foreach (var piece in here) _key = _message.Append(piece.Span, _key);
        _missing -= (int)here.Length;
        _inPayload = _missing > 0;
        input = input.Slice(here.End);
    }

    private Received Finish()
    {
        if (!Utf8.IsValid(_message.Written.Span)) return Break(Violation.NotUtf8);
        _fragments = 0;
        _traffic?.ReceivedMessage();
        return new Received(ReceivedKind.Text, _message.Written);
    }

    private Received? TakeControl(ref ReadOnlySequence<byte> input, FrameHeader header)
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

    private Received ReadClose(byte[] payload)
    {
        if (payload.Length == 1) return Break(Violation.ClosePayload);
        var code = payload.Length == 0 ? CloseCode.None : BinaryPrimitives.ReadUInt16BigEndian(payload);
        if (payload.Length > 0 && !CloseCode.MaySend(code)) return Break(Violation.CloseCodeInvalid);
        var reason = payload.AsSpan(Math.Min(2, payload.Length));
        if (!Utf8.IsValid(reason)) return Break(Violation.NotUtf8);
        _over = true;
        return new Received(ReceivedKind.Close, default, code, Encoding.UTF8.GetString(reason));
    }

    private Received Break(Violation violation)
    {
        _over = true;
        return Received.Broken(violation);
    }
}
