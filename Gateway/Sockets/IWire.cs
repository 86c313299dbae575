namespace OrleansChat.Gateway.Sockets;

/// <summary>The sending side of a connection, as its outbox sees it. One write at a time.</summary>
public interface IWire
{
    /// <summary>
    /// Writes what goes without waiting: <paramref name="written"/> bytes from the beginning, or none. False: the
    /// connection is broken. A sender calls it under its locks, so it never waits, and never calls back.
    /// </summary>
    bool TryWrite(ReadOnlySpan<byte> bytes, out int written);

    /// <summary>Whether nothing more can be written, as far as is known without trying.</summary>
    bool HasEnded { get; }

    /// <summary>Writes all of it, as fast as the other side reads. Whatever it throws, the connection is broken.</summary>
    ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Ends the connection, where that is not left to a request. Not in order: at once, with whatever was not sent.</summary>
    void End(bool inOrder);
}
