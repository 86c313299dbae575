using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace OrleansChat.Gateway.Http;

/// <summary>
/// Files of text, as small as they can be: each is compressed once, when somebody first asks for it, and again when it
/// has changed. There are as many as the page has.
/// </summary>
/// <param name="encoding">Its name in <c>Content-Encoding</c>.</param>
internal sealed class CompressedFiles(IFileProvider files, string encoding) : IFileProvider
{
    private static readonly string[] Texts = [".html", ".css", ".js", ".svg"];

    private readonly ConcurrentDictionary<string, CompressedFile> compressed = new();

    /// <summary>A file that is no text is not found here.</summary>
    public IFileInfo GetFileInfo(string subpath)
    {
        var file = files.GetFileInfo(subpath);
        if (!file.Exists || file.IsDirectory || !Texts.Contains(Path.GetExtension(file.Name))) return new NotFoundFileInfo(subpath);
        if (compressed.TryGetValue(subpath, out var known) && known.IsOf(file)) return known;
        return compressed[subpath] = new(file, Compress(file));
    }

    public IDirectoryContents GetDirectoryContents(string subpath) => files.GetDirectoryContents(subpath);

    public IChangeToken Watch(string filter) => files.Watch(filter);

    private byte[] Compress(IFileInfo file)
    {
        using var bytes = new MemoryStream();
        using (var source = file.CreateReadStream())
        using (Stream packer = encoding == "br" ? new BrotliStream(bytes, CompressionLevel.SmallestSize) : new GZipStream(bytes, CompressionLevel.SmallestSize))
        {
            source.CopyTo(packer);
        }

        return bytes.ToArray();
    }

    private sealed class CompressedFile(IFileInfo file, byte[] bytes) : IFileInfo
    {
        private readonly long size = file.Length;

        public bool Exists => true;

        public long Length => bytes.Length;

        public string? PhysicalPath => null; // it lies in memory only

        public string Name { get; } = file.Name;

        public DateTimeOffset LastModified { get; } = file.LastModified;

        public bool IsDirectory => false;

        public bool IsOf(IFileInfo other) => other.LastModified == LastModified && other.Length == size;

        public Stream CreateReadStream() => new MemoryStream(bytes, writable: false);
    }
}
