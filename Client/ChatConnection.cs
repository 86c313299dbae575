using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace OrleansChat.Client;

/// <summary>
/// One live connection and nothing more: it sends operations, matches the answers to them by id, and hands out what
/// the server pushes in the order of its arrival. It does not reconnect, resume or repeat; <see cref="ChatClient"/> does.
/// </summary>
/// <remarks>
/// Any thread may call any method. Operations are sent in the order of the calls. Many calls may be under way at once.
/// </remarks>
public sealed partial class ChatConnection : IAsyncDisposable
{
    /// <summary>No frame of the server comes near this; one that does is not a chat server's.</summary>
    private const int MaxFrame = 16 * 1024 * 1024;

    /// <summary>Messages that wait for the line before callers wait too: far more than any window of operations.</summary>
    private const int OutboxCapacity = 256;

    /// <summary>A closing handshake that takes longer is broken off.</summary>
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private static readonly HttpMessageInvoker SharedInvoker = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    private readonly WebSocket socket;
    private readonly Action<ChatPush>? onPush;
    private readonly Channel<ChatPush> pushes;
    private readonly Channel<Outgoing> outbox = Channel.CreateBounded<Outgoing>(new BoundedChannelOptions(OutboxCapacity) { SingleReader = true });
    private readonly TaskCompletionSource<ConnectionEnd> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task writing;
    private readonly Task reading;

    private readonly record struct Outgoing(PooledBuffer Bytes, WebSocketMessageType Type);

    /// <summary>Upgrades to a WebSocket. The first operation is <c>hello</c>; before it the server takes no other.</summary>
    /// <param name="uri">Such as <c>ws://localhost:8080/ws</c>.</param>
    /// <exception cref="ChatRefusedException">The server answered the upgrade with another status.</exception>
    /// <exception cref="WebSocketException">The server could not be reached.</exception>
    public static async Task<ChatConnection> Connect(Uri uri, ConnectOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new();
        var socket = new ClientWebSocket();
        try
        {
            if (options.Subprotocol is { } subprotocol) socket.Options.AddSubProtocol(subprotocol);
            if (options.Origin is { } origin) socket.Options.SetRequestHeader("Origin", origin);
            foreach (var (name, value) in options.Headers ?? new Dictionary<string, string>()) socket.Options.SetRequestHeader(name, value);
            socket.Options.KeepAliveInterval = options.KeepAlive;
            socket.Options.KeepAliveTimeout = options.KeepAlive;
            socket.Options.CollectHttpResponseDetails = true;
            await socket.ConnectAsync(uri, options.Invoker ?? SharedInvoker, cancel);
            socket.HttpResponseHeaders = null; // of no use any more, and there may be thousands
            return new(socket, options);
        }
        catch (WebSocketException e) when (socket.HttpStatusCode is not 0 and not HttpStatusCode.SwitchingProtocols)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            throw new ChatRefusedException(status, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Speaks over a WebSocket that is open already, and owns it from then on.</summary>
    /// <param name="options">Of these, what concerns pushes; the rest is about connecting.</param>
    public static ChatConnection Over(WebSocket socket, ConnectOptions? options = null) => new(socket, options ?? new());

    private ChatConnection(WebSocket socket, ConnectOptions options)
    {
        this.socket = socket;
        onPush = options.OnPush;
        pushes = Channel.CreateBounded<ChatPush>(new BoundedChannelOptions(options.PushCapacity) { SingleWriter = true });
        writing = WriteUntilEnd();
        reading = ReadUntilEnd();
    }

    /// <summary>What the server pushes, in the order of arrival; it completes when the connection has ended.</summary>
    public ChannelReader<ChatPush> Pushes => pushes.Reader;

    /// <summary>Completes, and never fails, when the connection has ended; all that was received has been handed out by then.</summary>
    public Task<ConnectionEnd> Closed => closed.Task;

    /// <summary>Sends any text as one message, for tests of what a server makes of it. An answer comes as a <see cref="ChatPush.StrayAnswer"/>.</summary>
    public ValueTask Send(string text, CancellationToken cancel = default) => Send(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, cancel);

    /// <summary>Sends any bytes as one message of any type.</summary>
    public ValueTask Send(ReadOnlySpan<byte> bytes, WebSocketMessageType type, CancellationToken cancel = default)
    {
        var buffer = new PooledBuffer(bytes.Length);
        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
        return Enqueue(new(buffer, type), cancel);
    }

    private async ValueTask Enqueue(Outgoing message, CancellationToken cancel)
    {
        try
        {
            await outbox.Writer.WriteAsync(message, cancel);
        }
        catch (Exception e)
        {
            message.Bytes.Dispose();
            if (e is ChannelClosedException) throw new ChatClosedException(await closed.Task);
            throw;
        }
    }

    private async Task WriteUntilEnd()
    {
        try
        {
            await foreach (var message in outbox.Reader.ReadAllAsync())
            {
                using (message.Bytes) await socket.SendAsync(message.Bytes.Memory, message.Type, true, CancellationToken.None);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception)
        {
            socket.Abort(); // the reader notices, and says why
        }
    }

    private async Task ReadUntilEnd()
    {
        ConnectionEnd end;
        try
        {
            end = await Read();
        }
        catch (Exception e)
        {
            end = new((int?)socket.CloseStatus, socket.CloseStatusDescription, e);
            socket.Abort();
        }

        outbox.Writer.TryComplete();
        // The writer answers the server's close frame; it does not get longer than that deserves.
        if (await Task.WhenAny(writing, Task.Delay(ClosePatience)) != writing) socket.Abort();
        socket.Dispose();
        while (outbox.Reader.TryRead(out var unsent)) unsent.Bytes.Dispose();
        FailPending(new ChatClosedException(end));
        pushes.Writer.TryComplete();
        closed.SetResult(end);
    }

    private async Task<ConnectionEnd> Read()
    {
        while (true)
        {
            // Waiting with no buffer lets thousands of quiet connections share a few.
            var waited = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            if (waited.MessageType is WebSocketMessageType.Close) return new((int?)socket.CloseStatus, socket.CloseStatusDescription);
            using var message = new PooledBuffer(4096);
            var ended = waited.EndOfMessage;
            while (!ended)
            {
                var part = await socket.ReceiveAsync(message.GetMemory(), CancellationToken.None);
                if (part.MessageType is WebSocketMessageType.Close) return new((int?)socket.CloseStatus, socket.CloseStatusDescription);
                message.Advance(part.Count);
                if (message.Length > MaxFrame) throw new InvalidDataException($"The server sent a message of more than {MaxFrame} bytes.");
                ended = part.EndOfMessage;
            }

            if (Take(message.Span) is { } push) await pushes.Writer.WriteAsync(push);
        }
    }

    /// <summary>Takes one message of the server; gives the push that must wait for room in the channel.</summary>
    private ChatPush? Take(ReadOnlySpan<byte> message)
    {
        var frame = ServerFrame.Read(message);
        var push = !frame.IsAnswer ? frame.Push() : Answer(frame) ? null : frame.Stray();
        if (push is null) return null;
        if (onPush is null) return pushes.Writer.TryWrite(push) ? null : push;
        onPush(push);
        return null;
    }

    /// <summary>Breaks the connection off, without a word to the server.</summary>
    public void Abort() => socket.Abort();

    /// <summary>Sends what was asked for, then says goodbye (1000), and waits a moment for the server to do so too.</summary>
    public async ValueTask DisposeAsync()
    {
        outbox.Writer.TryComplete();
        if (await Task.WhenAny(reading, Task.Delay(ClosePatience)) != reading) socket.Abort();
        // A reader that waits for room among the pushes is let go.
        while (!reading.IsCompleted && pushes.Reader.TryRead(out _)) await Task.Yield();
        await reading;
    }
}
