using Microsoft.Extensions.Configuration;
using OrleansChat.Gateway;
using OrleansChat.Silo;

namespace OrleansChat.Tests.Cluster;

/// <summary>The section <c>Cluster</c>: what an operator may write, and what is said to what cannot be.</summary>
public sealed class NodeSettings
{
    [Fact]
    public void A_node_is_a_silo_and_a_gateway_on_the_ports_of_node_1()
    {
        var node = Read();
        Assert.Equal((Roles.Silo | Roles.Gateway, 11111, 30000, "127.0.0.1"), (node.Roles, node.PortForSilos, node.PortForClients, node.Address));
        Assert.Equal("http://localhost:8080", NodeOptions.DefaultUrl(Configuration()));
    }

    [Theory]
    [InlineData("node")]
    [InlineData("Cluster:Node")]
    public void The_number_of_a_node_moves_its_ports(string key)
    {
        var node = Read((key, "3"));
        Assert.Equal((11113, 30002), (node.PortForSilos, node.PortForClients));
        Assert.Equal("http://localhost:8082", NodeOptions.DefaultUrl(Configuration((key, "3"))));
    }

    [Theory]
    [InlineData("silo", Roles.Silo)]
    [InlineData("Gateway", Roles.Gateway)]
    [InlineData("silo,gateway", Roles.Silo | Roles.Gateway)]
    public void Roles_are_words(string words, Roles roles) => Assert.Equal(roles, Read(("Cluster:Roles", words)).Roles);

    [Theory]
    [InlineData("Cluster:Role", "silo", "Role")]
    [InlineData("Cluster:Roles", "cook", "Roles")]
    [InlineData("Cluster:Roles", "0", "Cluster:Roles")]
    [InlineData("node", "two", "Cluster:Node")]
    [InlineData("node", "0", "Cluster:Node")]
    [InlineData("Cluster:Id", " ", "Cluster:Id")]
    [InlineData("Cluster:Address", "everywhere", "Cluster:Address")]
    [InlineData("Cluster:SiloPort", "door", "SiloPort")]
    [InlineData("Cluster:Primary", "127.0.0.1", "Cluster:Primary")]
    [InlineData("Cluster:Tls:Key", "/no/such.key", "Cluster:Tls:")]
    public void What_cannot_be_is_a_sentence_with_the_key(string key, string value, string named) =>
        Assert.Contains(named, Assert.Throws<ConfigurationException>(() => Read((key, value))).Message, StringComparison.Ordinal);

    private static NodeOptions Read(params (string Key, string Value)[] settings) => NodeOptions.Read(Configuration(settings));

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(it => new KeyValuePair<string, string?>(it.Key, it.Value))).Build();
}
