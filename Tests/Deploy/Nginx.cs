using System.Net;
using System.Text.RegularExpressions;
using OrleansChat.Client;

namespace OrleansChat.Tests.Deploy;

/// <summary>Debian's nginx with the configuration of <c>deploy/nginx</c>: other ports and files, and nothing else of it changed.</summary>
internal sealed partial class Nginx : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-nginx-");
    private readonly int plainPort = Ports.Free(2);
    private RunningProgram? program;

    private Nginx()
    {
        Certificate = new(folder.FullName);
        Http = new HttpClient(Certificate.Handler()) { BaseAddress = Address };
    }

    public EdgeCertificate Certificate { get; }

    public HttpClient Http { get; }

    /// <summary>Where a browser that says <c>http:</c> knocks.</summary>
    public Uri PlainAddress => new($"http://127.0.0.1:{plainPort}");

    public Uri Address => new($"https://127.0.0.1:{plainPort + 1}");

    public Uri Socket => new($"wss://127.0.0.1:{plainPort + 1}/ws");

    public string Origin => Address.GetLeftPart(UriPartial.Authority);

    /// <summary>How often nginx asked a node that refused or broke the connection.</summary>
    public int FailedTries => File.ReadLines(ErrorLog).Count(line => line.Contains("while connecting to upstream", StringComparison.Ordinal));

    private string ErrorLog => Path.Combine(folder.FullName, "error.log");

    /// <summary>Starts nginx in front of nodes at these ports of 127.0.0.1.</summary>
    public static async Task<Nginx> Start(params int[] nodes)
    {
        Packages.Need(Program, "nginx");
        var nginx = new Nginx();
        try
        {
            nginx.Write(nodes);
            await nginx.Begin();
            return nginx;
        }
        catch
        {
            await nginx.DisposeAsync();
            throw;
        }
    }

    private void Write(int[] nodes)
    {
        Directory.CreateDirectory(Path.Combine(folder.FullName, "orleanschat"));
        Write("orleanschat.conf", DeployFolder.Text("nginx/orleanschat.conf")
            .With("listen 80;", $"listen 127.0.0.1:{plainPort};").With("listen [::]:80;", "")
            .With("listen 443 ssl", $"listen 127.0.0.1:{plainPort + 1} ssl").With("listen [::]:443 ssl http2;", "")
            .With("/etc/orleanschat/tls", folder.FullName));
        Write("orleanschat/locations.conf", DeployFolder.Text("nginx/orleanschat/locations.conf"));

        var lines = Server().Matches(DeployFolder.Text("nginx/orleanschat/nodes.conf"));
        Assert.Equal(3, lines.Count);
        var servers = nodes.Select(port => Place().Replace(lines[0].Value, $"127.0.0.1:{port}"));
        var upstream = DeployFolder.Text("nginx/orleanschat/nodes.conf").With(lines[0].Value, string.Concat(servers));
        foreach (var other in lines.Skip(1)) upstream = upstream.With(other.Value, "");
        Write("orleanschat/nodes.conf", upstream);

        Write("nginx.conf", $$"""
            daemon off;
            worker_processes 2;
            pid {{folder.FullName}}/nginx.pid;
            error_log {{ErrorLog}} info;
            events { worker_connections 1024; }
            http {
                access_log {{folder.FullName}}/access.log;
                client_body_temp_path {{folder.FullName}}/body;
                proxy_temp_path {{folder.FullName}}/proxy;
                fastcgi_temp_path {{folder.FullName}}/fastcgi;
                uwsgi_temp_path {{folder.FullName}}/uwsgi;
                scgi_temp_path {{folder.FullName}}/scgi;
                include orleanschat.conf;
            }
            """);

        void Write(string name, string text) => File.WriteAllText(Path.Combine(folder.FullName, name), text);
    }

    private async Task Begin()
    {
        program = new RunningProgram(Program, ["-c", Path.Combine(folder.FullName, "nginx.conf"), "-e", ErrorLog]);
        await program.Until(async () =>
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri("/metrics", UriKind.Relative));
                return answer.StatusCode is HttpStatusCode.NotFound;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, StartsWithin);
    }

    public Task<ChatConnection> Connect(string? origin = null, IPAddress? from = null, IReadOnlyDictionary<string, string>? headers = null) =>
        Certificate.Connect(Socket, origin, from, headers);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (program is { HasExited: false }) await program.Terminate();
        if (program is not null) await program.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [GeneratedRegex(@"^ *server .*;\n", RegexOptions.Multiline)]
    private static partial Regex Server();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Place();
}
