using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace OrleansChat.Gateway.Http;

/// <summary>
/// The page: plain files, compressed on their way. A browser keeps them and asks each time whether they are still the
/// same, so that nobody runs an old page against a new server.
/// </summary>
internal static class PageFiles
{
    /// <summary>Answers of endpoints never are compressed: beside a secret, the size of what is chosen by others would tell of it.</summary>
    private static readonly string[] Compressed = ["text/html", "text/css", "text/javascript", "image/svg+xml"];

    public static void AddPageFiles(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true; // the files are the same for everybody, and hold no secret
            compression.MimeTypes = Compressed;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
    }

    /// <summary>Only where no endpoint answers.</summary>
    public static void UsePageFiles(this WebApplication app) => app.UseWhen(http => http.GetEndpoint() is null, files =>
    {
        files.UseResponseCompression();
        files.UseDefaultFiles();
        files.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache" });
    });
}
