using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OrleansChat.Engine;
using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Nodes;
using OrleansChat.Gateway.Operations;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Nodes;
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

        app.MapPrometheusScrapingEndpoint("/metrics", app.ServiceProvider.GetRequiredService<Telemetry>().Meters, branch => branch.Use(Closed), optionsName: null)
            .WithMetadata(new HttpMethodMetadata(["GET"])).ExcludeFromDescription();

        app.MapGet("/api/v1/metrics", async (HttpContext http, IChat chat) =>
            http.Caller().Admin
                ? new Reply(new MetricsAnswer(await chat.Metrics.Latest()), null).ToResult()
                : Problems.Of(Refusal.Forbidden("Node metrics are for administrators.")))
            .RequireCaller().WithTags("Operators").Produces<MetricsAnswer>().ProducesProblem(403);
        app.MapGet("/api/v1/metrics/{node}", async (string node, HttpContext http, IChat chat) =>
            !http.Caller().Admin ? Problems.Of(Refusal.Forbidden("Node metrics are for administrators."))
            : await chat.Metrics.Past(node) is { } past ? new Reply(past, null).ToResult()
            : Problems.Of(Refusal.NotFound("No node of this name was heard of within the hour.")))
            .RequireCaller().WithTags("Operators").Produces<NodePast>().ProducesProblem(403).ProducesProblem(404);
    }

    /// <summary>One key closes the figures to all but administrators.</summary>
    private static async Task Closed(HttpContext http, RequestDelegate next)
    {
        var services = http.RequestServices;
        if (!services.GetRequiredService<IOptions<ChatOptions>>().Value.PublicMetrics)
        {
            var caller = await services.GetRequiredService<Tokens>().Read(http.Request.BearerToken());
            if (caller is not { Admin: true })
            {
                await Problems.Of(caller is null
                    ? Refusal.Unauthenticated("A valid bearer token is needed.")
                    : Refusal.Forbidden("Metrics are for administrators here.")).ExecuteAsync(http);
                return;
            }
        }

        await next(http);
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
