using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace OrleansChat.Gateway.Http;

/// <summary>
/// The page: plain files, compressed on their way. A browser keeps them and asks each time whether they are still the
/// same, so that nobody runs an old page against a new server.
/// </summary>
internal static class PageFiles
{
    private static readonly string[] Encodings = ["br", "gzip"];

    /// <summary>
    /// Only where no endpoint answers. The answers of endpoints never are compressed: beside a secret, the size of what
    /// is chosen by others would tell of it.
    /// </summary>
    public static void UsePageFiles(this WebApplication app) => app.UseWhen(http => http.GetEndpoint() is null, files =>
    {
        var root = app.Environment.WebRootFileProvider;
        files.UseDefaultFiles();
        foreach (var encoding in Encodings)
        {
            var compressed = Options(new CompressedFiles(root, encoding), encoding);
            files.UseWhen(http => Accepts(http.Request, encoding), reader => reader.UseStaticFiles(compressed));
        }

        files.UseStaticFiles(Options(root, null));
    });

    private static StaticFileOptions Options(IFileProvider files, string? encoding) => new()
    {
        FileProvider = files,
        OnPrepareResponse = file =>
        {
            var headers = file.Context.Response.Headers;
            headers.CacheControl = "no-cache";
            headers.Vary = HeaderNames.AcceptEncoding;
            headers.ContentEncoding = encoding;
            headers.LastModified = default; // the ETag is more exact
            if (!IsDocument(file.File)) headers.ContentSecurityPolicy = default; // it is the document's that counts
        },
    };

    /// <summary>What a browser can open by itself, and so may run something.</summary>
    private static bool IsDocument(IFileInfo file) => Path.GetExtension(file.Name) is not (".js" or ".css");

    private static bool Accepts(HttpRequest request, string encoding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(accepted => accepted.Value == encoding && accepted.Quality is not 0);
}
