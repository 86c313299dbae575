using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OrleansChat.Client;

namespace OrleansChat.Tests.Deploy;

/// <summary>A certificate that signed itself, as PEM files, and clients that trust it and no other.</summary>
internal sealed class EdgeCertificate
{
    private readonly string folder;
    private X509Certificate2 certificate;

    public EdgeCertificate(string folder)
    {
        this.folder = folder;
        certificate = Renew();
    }

    public string File => Path.Combine(folder, "edge.pem");

    public string KeyFile => Path.Combine(folder, "edge.key");

    /// <summary>Puts a new certificate in the files' place, as a renewal does. From now on only that one is trusted.</summary>
    public X509Certificate2 Renew()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        System.IO.File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        System.IO.File.WriteAllText(File, certificate.ExportCertificatePem());
        return certificate;
    }

    /// <param name="from">The client's own address; any of 127.0.0.0/8 is this machine's.</param>
    public SocketsHttpHandler Handler(IPAddress? from = null) => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        SslOptions = new() { RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString() },
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (from is not null) socket.Bind(new IPEndPoint(from, 0));
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>A connection that has not said hello.</summary>
    public Task<ChatConnection> Connect(Uri socket, string? origin = null, IPAddress? from = null, IReadOnlyDictionary<string, string>? headers = null) =>
        ChatConnection.Connect(socket, new() { Origin = origin, Headers = headers, Invoker = new HttpMessageInvoker(Handler(from)) })
            .WaitAsync(Gateway.ChatServer.Patience);
}
