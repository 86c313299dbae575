using Orleans.Dashboard;
using OrleansChat.Gateway.Http;
using OrleansChat.Gateway.Identity;

namespace OrleansChat.Silo.Dashboard;

/// <summary>
/// Orleans' own dashboard: the grains at work, their calls and their silos. Its figures live in every silo, its page is
/// on every edge, for administrators.
/// </summary>
internal static class OrleansDashboard
{
    /// <summary>
    /// It lays out charts and the picture of the life cycle by inline styles; its icons' font is within its style sheet.
    /// Scripts are its own file only.
    /// </summary>
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly OperatorPage Page = new("/dashboard", "Orleans dashboard", Policy);

    public static void AddFigures(this ISiloBuilder silo) => silo.AddDashboard(Configure);

    /// <summary>A gateway without grains asks the silos.</summary>
    public static void AddFigures(this IClientBuilder client) => client.AddDashboard(Configure);

    public static void AddDashboardPage(this IServiceCollection services) => services.AddSingleton(Page);

    public static void MapDashboardPage(this WebApplication app) => app.MapOrleansDashboard(Page.Path).ForOperators(Page);

    /// <summary>The log as a live stream is left out: it would outlive the reader's rights by up to an hour, and a node's end waits for it.</summary>
    private static void Configure(DashboardOptions dashboard) => dashboard.HideTrace = true;
}
