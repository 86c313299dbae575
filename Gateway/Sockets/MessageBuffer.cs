using System.Buffers;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// Where one message gathers. It grows with the bytes that came, not with the length that was promised: a header alone
/// claims no memory. Between messages it holds nothing.
/// </summary>
internal sealed class MessageBuffer
{
    private const int Smallest = 256;

    private byte[] bytes = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <summary>Takes a masked piece of payload in, unmasked.</summary>
    /// <returns>The key for the next piece.</returns>
    public uint Append(ReadOnlySpan<byte> masked, uint key)
    {
        var needed = Length + masked.Length;
        if (needed > bytes.Length) Grow(needed);
        key = Mask.Copy(masked, bytes.AsSpan(Length), key);
        Length = needed;
        return key;
    }

    public void Release()
    {
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        Length = 0;
    }

    // The pool hands out powers of two, so that growing doubles and the copies stay linear in the message.
    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Smallest));
        bytes.AsSpan(0, Length).CopyTo(larger);
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
