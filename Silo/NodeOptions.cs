using System.Net;
using OrleansChat.Gateway;

namespace OrleansChat.Silo;

/// <summary>What a node does.</summary>
[Flags]
public enum Roles
{
    /// <summary>It keeps grains: rooms and users live on it.</summary>
    Silo = 1,

    /// <summary>It is an edge: it takes sockets, and the page.</summary>
    Gateway = 2,
}

/// <summary>The configuration section <c>Cluster</c>: this node's place in the cluster.</summary>
public sealed class NodeOptions
{
    public const string Section = "Cluster";

    private const int FirstHttpPort = 8080, FirstSiloPort = 11111, FirstClientPort = 30000;

    public Roles Roles { get; set; } = Roles.Silo | Roles.Gateway;

    /// <summary>The number of the node on this machine, from 1; it moves the default ports. <c>--node 2</c> is the shorthand.</summary>
    public int Node { get; set; } = 1;

    /// <summary>The cluster's name: nodes of another one in the same database do not meet.</summary>
    public string Id { get; set; } = "orleanschat";

    /// <summary>The address at which other nodes reach this one's Orleans ports; they listen there and nowhere else.</summary>
    public string Address { get; set; } = IPAddress.Loopback.ToString();

    /// <summary>The port for other silos; 11110 + <see cref="Node"/> unless set.</summary>
    public int? SiloPort { get; set; }

    /// <summary>
    /// The port for gateways without grains; 29999 + <see cref="Node"/> unless set. To such a gateway, where no PostgreSQL
    /// says who is there: node 1's.
    /// </summary>
    public int? ClientPort { get; set; }

    /// <summary>
    /// Node 1's silo port as <c>address:port</c>: it keeps the membership where no PostgreSQL does. Unless set, node 1 is
    /// meant itself, and by the others node 1's default port on this machine.
    /// </summary>
    public string? Primary { get; set; }

    public TlsFiles? Tls { get; set; }

    public IPAddress Ip => IPAddress.Parse(Address);

    public IPEndPoint PrimaryEndpoint =>
        Primary is not null ? IPEndPoint.Parse(Primary) : Node == 1 ? new(Ip, PortForSilos) : new(IPAddress.Loopback, FirstSiloPort);

    /// <summary>Where a gateway without grains finds node 1, where no PostgreSQL says who is there.</summary>
    public IPEndPoint PrimaryForClients => new(PrimaryEndpoint.Address, ClientPort ?? FirstClientPort);

    public int PortForSilos => SiloPort ?? FirstSiloPort + Node - 1;

    public int PortForClients => ClientPort ?? FirstClientPort + Node - 1;

    /// <summary>Where the edge listens unless it is told.</summary>
    public static string DefaultUrl(IConfiguration configuration) =>
        $"http://localhost:{FirstHttpPort + Number(configuration).GetValueOrDefault(1) - 1}";

    /// <summary>The section, checked.</summary>
    /// <exception cref="ConfigurationException">A key or a value that cannot be.</exception>
    public static NodeOptions Read(IConfiguration configuration)
    {
        var options = new NodeOptions();
        try
        {
            configuration.GetSection(Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException($"The section '{Section}' has a key or value that cannot be: {e.Message} See the settings in README.md.");
        }

        options.Node = Number(configuration) ?? options.Node;
        if (options.Faults().FirstOrDefault() is { } fault) throw new ConfigurationException(fault);
        return options;
    }

    /// <summary>Each sentence names a key that cannot be used, and the remedy.</summary>
    public IEnumerable<string> Faults()
    {
        if (Roles == 0) yield return "Cluster:Roles is empty; say silo, gateway, or silo,gateway.";
        if (Node is < 1 or > 99) yield return "Cluster:Node is the number of the node on this machine, 1 to 99.";
        if (string.IsNullOrWhiteSpace(Id)) yield return "Cluster:Id is empty; give the cluster a name.";
        if (!IPAddress.TryParse(Address, out _)) yield return $"Cluster:Address is '{Address}'; write the address at which other nodes reach this one, such as 10.0.0.5.";
        if (Primary is not null && (!IPEndPoint.TryParse(Primary, out var primary) || primary.Port == 0)) yield return $"Cluster:Primary is '{Primary}'; write node 1's address and silo port, such as 127.0.0.1:{FirstSiloPort}.";
        foreach (var file in Tls?.Files ?? [])
        {
            if (!File.Exists(file.Path)) yield return $"Cluster:Tls:{file.Key} is '{file.Path}', and there is no such file; name a PEM file.";
        }
    }

    private static int? Number(IConfiguration configuration) =>
        (configuration["node"] ?? configuration[$"{Section}:{nameof(Node)}"]) is { } text
            ? int.TryParse(text, out var number) ? number : 0
            : null;
}

/// <summary>PEM files for TLS between nodes. Each node shows its certificate, and takes none that the authority did not sign.</summary>
public sealed class TlsFiles
{
    /// <summary>The node's certificate.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>Its private key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The certificate of the authority that signs the nodes' certificates, and nobody else's.</summary>
    public string Authority { get; set; } = "";

    internal IEnumerable<(string Key, string Path)> Files => [(nameof(Certificate), Certificate), (nameof(Key), Key), (nameof(Authority), Authority)];
}
