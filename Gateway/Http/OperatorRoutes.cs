using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrleansChat.Engine;
using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Nodes;
using OrleansChat.Gateway.Operations;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Storage;

namespace OrleansChat.Gateway.Http;

/// <summary>The front door for operators: health and metrics.</summary>
internal static class OperatorRoutes
{
    public static void MapOperators(this IEndpointRouteBuilder app)
    {
        // Alive is whoever answers; ready is who can also store, and is not about to end.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");

        app.MapGet("/metrics", async (HttpContext http, PrometheusText metrics, Tokens tokens, IOptions<ChatOptions> options) =>
        {
            if (!options.Value.PublicMetrics)
            {
                var caller = await tokens.Read(http.Request.BearerToken());
                if (caller is null) return Problems.Of(Refusal.Unauthenticated("A valid bearer token is needed."));
                if (!caller.Admin) return Problems.Of(Refusal.Forbidden("Metrics are for administrators here."));
            }

            return Results.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8");
        }).ExcludeFromDescription();

        app.MapGet("/api/v1/metrics", async (HttpContext http, IChat chat) =>
            http.Caller().Admin
                ? new Reply(new MetricsAnswer(await chat.Metrics.Latest()), null).ToResult()
                : Problems.Of(Refusal.Forbidden("Node metrics are for administrators.")))
            .RequireCaller().WithTags("Operators").Produces<MetricsAnswer>().ProducesProblem(403);
    }
}

/// <summary>Ready while storage answers within two seconds.</summary>
internal sealed class StorageCheck(IStorage storage) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await storage.Ping(cancellationToken).WaitAsync(Patience, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is UnavailableException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The storage does not answer.");
        }
    }
}

/// <summary>Not ready from the moment on in which the process is told to stop: whoever balances the load sends nobody new.</summary>
internal sealed class GoingDownCheck(OpenSockets sockets) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(sockets.GoingDown ? HealthCheckResult.Unhealthy("This node is going down.") : HealthCheckResult.Healthy());
}
