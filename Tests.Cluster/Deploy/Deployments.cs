namespace OrleansChat.Tests.Cluster.Deploy;

/// <summary>Tests that start whole installations take turns.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Deployments
{
    public const string Name = "Deployments";
}
