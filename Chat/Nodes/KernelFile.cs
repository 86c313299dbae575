using Microsoft.Win32.SafeHandles;

namespace OrleansChat.Nodes;

/// <summary>
/// A file in which the kernel writes anew whatever is read from its beginning. It is held open, since to open it costs
/// more than to read it, and leaves garbage. Not for a file of which each opening is a moment of its own.
/// </summary>
internal sealed class KernelFile(string path) : IDisposable
{
    /// <summary>
    /// A file that could not be read (a sensor that is switched off says so with an error) is left alone for so many
    /// readings, a minute: an exception every two seconds would be the dearest part of a reading.
    /// </summary>
    private const int Rest = 30;

    private SafeFileHandle? open;
    private int resting;

    /// <summary>What stands in it, until the buffer is used again; nothing where it is not there or cannot be read.</summary>
    public ReadOnlySpan<byte> Read(TextBuffer buffer)
    {
        if (resting > 0)
        {
            resting--;
            return [];
        }

        try
        {
            if (File.Exists(path)) return buffer.Read(open ??= Open(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            resting = Rest;
        }

        Dispose(); // what may be there later under this name is another file
        return [];
    }

    public static SafeFileHandle Open(string path) => File.OpenHandle(path, share: FileShare.ReadWrite); // without a lock

    public void Dispose()
    {
        open?.Dispose();
        open = null;
    }
}

/// <summary>Where texts are read into, one after the other, again and again.</summary>
internal sealed class TextBuffer
{
    /// <summary>Bytes. Machines with hundreds of cores and interfaces have some hundred KiB; what is larger is no text of the kernel's.</summary>
    private const int MaxSize = 4 * 1024 * 1024;

    private byte[] bytes = new byte[64 * 1024];

    /// <exception cref="IOException">It cannot be read.</exception>
    public ReadOnlySpan<byte> Read(SafeFileHandle file)
    {
        var length = 0;
        while (RandomAccess.Read(file, bytes.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
            if (length < bytes.Length) continue;
            if (length >= MaxSize) return [];
            Array.Resize(ref bytes, bytes.Length * 2);
        }

        return bytes.AsSpan(0, length);
    }
}
