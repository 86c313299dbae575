namespace OrleansChat.Tests.Sockets;

/// <summary>
/// Gives its bytes piece by piece, a piece a read, as a network may; then it ends, or is silent for as long as one waits.
/// Remembers how much room the last read asked to fill.
/// </summary>
public sealed class PiecewiseStream(IEnumerable<byte[]> pieces, bool silentAtEnd = false) : Stream
{
    private readonly IEnumerator<byte[]> pieces = pieces.GetEnumerator();
    private ReadOnlyMemory<byte> piece;
    private bool ended;

    public int LastAskedFor { get; private set; } = -1;

    public static IEnumerable<byte[]> Cut(byte[] bytes, int at) => [bytes[..at], bytes[at..]];

    public static IEnumerable<byte[]> ByteByByte(byte[] bytes) => bytes.Select(it => new[] { it });

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LastAskedFor = buffer.Length;
        while (piece.IsEmpty && !ended)
        {
            if (pieces.MoveNext()) piece = pieces.Current;
            else ended = true;
        }

        if (ended && silentAtEnd) await Task.Delay(Timeout.Infinite, cancellationToken);
        var count = Math.Min(buffer.Length, piece.Length);
        piece[..count].CopyTo(buffer);
        piece = piece[count..];
        return count;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        pieces.Dispose();
        base.Dispose(disposing);
    }
}
