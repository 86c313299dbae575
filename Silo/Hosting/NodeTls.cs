using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace OrleansChat.Silo.Hosting;

/// <summary>
/// TLS between nodes, in both directions: whoever reaches an Orleans port may call any grain, so both sides show a
/// certificate, and only those count that the cluster's own authority signed.
/// </summary>
internal static class NodeTls
{
    public static Action<TlsOptions> Between(TlsFiles files)
    {
        var certificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        var authority = new X509Certificate2Collection();
        authority.ImportFromPemFile(files.Authority);
        return tls =>
        {
            tls.LocalCertificate = certificate;
            tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
            tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
            tls.RemoteCertificateValidation = (remote, _, _) => IsSigned(remote, authority);
            tls.OnAuthenticateAsClient = (_, client) => client.TargetHost = certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false);
        };
    }

    /// <summary>Nodes come and go with their addresses, so it is the signature that counts, not the name.</summary>
    private static bool IsSigned(X509Certificate2 remote, X509Certificate2Collection authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // an authority of one cluster publishes no lists
        return chain.Build(remote);
    }
}
