using OrleansChat.Tests.Conformance;

namespace OrleansChat.Tests.Cluster.Conformance;

/// <summary>The tests of the shared cluster take turns: they move its clock, and take its storage away.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneCluster
{
    public const string Name = "OneCluster";
}

[Collection(OneCluster.Name)]
public sealed class ClusterPosting() : Posting(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterNews() : News(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterPresenceInRooms() : PresenceInRooms(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterReadMarks() : ReadMarks(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterReading() : Reading(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterLivesOfRooms() : LivesOfRooms(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterDirectRooms() : DirectRooms(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterPeopleWhoComeAndGo() : PeopleWhoComeAndGo(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterFailures() : Failures(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterTracing() : Tracing(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterNodesOfAll() : NodesOfAll(ClusterEngine.Start);

[Collection(OneCluster.Name)]
public sealed class ClusterAlertsInARoom() : AlertsInARoom(ClusterEngine.Start);
