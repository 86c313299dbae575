using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrleansChat.Silo.Engine;

namespace OrleansChat.Silo.Hosting;

/// <summary>Ready while this node is a member of the cluster, and its edge hears the cluster. It makes no call.</summary>
internal sealed class ClusterCheck(ClusterFeed feed, IOptions<NodeOptions> node, IServiceProvider services) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Trouble() is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy());

    private string? Trouble()
    {
        var roles = node.Value.Roles;
        if (roles.HasFlag(Roles.Silo) && services.GetRequiredService<ISiloStatusOracle>().CurrentStatus != SiloStatus.Active) return "This silo is no member of the cluster.";
        return roles.HasFlag(Roles.Gateway) && !feed.Hears ? "The cluster's news do not reach this edge." : null;
    }
}
