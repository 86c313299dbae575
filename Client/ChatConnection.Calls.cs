using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansChat.Client;

/// <summary>How operations find their answers.</summary>
public sealed partial class ChatConnection
{
    private readonly Dictionary<long, Pending> pending = [];
    private Exception? over; // why nothing is answered any more
    private long lastId;
    private volatile int frameLimit = int.MaxValue; // bytes that the server takes in one message, once it has said so

    /// <summary>Sends an operation and gives its answer.</summary>
    /// <param name="operation">Its id is chosen here.</param>
    /// <param name="type">What the answer is.</param>
    /// <param name="cancel">Gives up waiting; the answer is then a <see cref="ChatPush.StrayAnswer"/>.</param>
    /// <param name="first">
    /// Runs on the receiving path as soon as the answer is there, before anything that the server sent after it.
    /// </param>
    /// <exception cref="ChatException">The server refused it, or it is more than the server takes.</exception>
    /// <exception cref="ChatClosedException">The connection ended first.</exception>
    internal async Task<T> Call<T>(Operation operation, JsonTypeInfo<T> type, CancellationToken cancel, Action<T>? first = null)
    {
        var call = new Pending<T>(type, first);
        var id = Interlocked.Increment(ref lastId);
        Await(id, call);
        try
        {
            var bytes = new PooledBuffer(512);
            await using (var writer = new Utf8JsonWriter(bytes, ClientJson.Writing))
            {
                JsonSerializer.Serialize(writer, operation with { Id = id }, ClientJson.Wire.Operation);
            }

            if (bytes.Length > frameLimit) throw TooLong(bytes);
            await Enqueue(new(bytes, WebSocketMessageType.Text), cancel);
            await using (cancel.UnsafeRegister(static (call, token) => ((Pending)call!).Cancel(token), call))
            {
                return await call.Task;
            }
        }
        finally
        {
            lock (pending) pending.Remove(id);
        }
    }

    /// <summary>The server would close the connection for it, and all else that is under way with it.</summary>
    private ChatException TooLong(PooledBuffer bytes)
    {
        var length = bytes.Length;
        bytes.Dispose();
        return new(new("too_long", $"The operation takes {length} bytes, and the server takes {frameLimit} at most."));
    }

    private void Await(long id, Pending call)
    {
        lock (pending)
        {
            if (over is not null) throw over;
            pending.Add(id, call);
        }
    }

    /// <summary>Hands an answer to whoever waits for it; false if nobody does.</summary>
    private bool Answer(ServerFrame frame)
    {
        Pending? call = null;
        lock (pending)
        {
            if (frame.Re is { } id) pending.Remove(id, out call);
        }

        if (call is null) return false;
        if (frame.Error.IsEmpty) call.Complete(frame.Ok);
        else call.Fail(new ChatException(JsonSerializer.Deserialize(frame.Error, ClientJson.Wire.ChatError)!));
        return true;
    }

    private void FailPending(Exception why)
    {
        Pending[] left;
        lock (pending)
        {
            over = why;
            left = [.. pending.Values];
        }

        foreach (var call in left) call.Fail(why);
    }

    private abstract class Pending
    {
        public abstract void Complete(ReadOnlySpan<byte> ok);

        public abstract void Fail(Exception why);

        public abstract void Cancel(CancellationToken token);
    }

    private sealed class Pending<T>(JsonTypeInfo<T> type, Action<T>? first) : Pending
    {
        // Continuations run elsewhere: a caller's work must not hold up the frames behind its answer.
        private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<T> Task => answer.Task;

        public override void Complete(ReadOnlySpan<byte> ok)
        {
            T value;
            try
            {
                value = JsonSerializer.Deserialize(ok, type) ?? throw new JsonException("An answer without a value.");
            }
            catch (JsonException e)
            {
                answer.TrySetException(e);
                return;
            }

            first?.Invoke(value);
            answer.TrySetResult(value);
        }

        public override void Fail(Exception why) => answer.TrySetException(why);

        public override void Cancel(CancellationToken token) => answer.TrySetCanceled(token);
    }
}
