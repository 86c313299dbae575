using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Streams;
using OrleansChat.Engine;
using OrleansChat.Gateway;
using OrleansChat.Grains;
using OrleansChat.Grains.Edges;
using OrleansChat.Grains.Interfaces;
using OrleansChat.Grains.Streams;
using OrleansChat.Silo.Dashboard;
using OrleansChat.Silo.Engine;
using OrleansChat.Silo.Storage;
using OrleansChat.Storage;

namespace OrleansChat.Silo.Hosting;

/// <summary>What a node adds, by its roles.</summary>
public static class ClusterHosting
{
    private static readonly TimeSpan JoinWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(1);

    /// <summary>Orleans tells much at its start; an operator who wants to hear it sets these keys.</summary>
    private static readonly Dictionary<string, string?> QuietOrleans = new()
    {
        ["Logging:LogLevel:Orleans"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Orleans.Runtime.Silo"] = nameof(LogLevel.Error), // warns of settings that are meant
    };

    public static NodeOptions AddNodeOptions(this WebApplicationBuilder builder)
    {
        builder.Configuration.AddDefaults(QuietOrleans);
        var node = NodeOptions.Read(builder.Configuration);
        builder.Services.AddSingleton(Options.Create(node));
        if (node.Node > 1 && builder.Configuration["Chat:Node"] is null)
        {
            builder.Configuration["Chat:Node"] = string.Create(CultureInfo.InvariantCulture, $"node-{node.Node}"); // two on one machine
        }

        return node;
    }

    /// <summary>A silo: rooms and users live here.</summary>
    public static void AddSilo(this WebApplicationBuilder builder, NodeOptions node, ChatOptions options) => builder.UseOrleans(silo =>
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (node.Id, node.Id));
        silo.Configure<SiloOptions>(named => named.SiloName = options.Node);
        silo.ConfigureEndpoints(node.Ip, node.PortForSilos, node.PortForClients);
        if (ClusterDatabase.In(options.Storage) is { } database)
        {
            database.Serve(silo);
        }
        else
        {
            // For development: node 1 holds the membership, and what grains keep is in memory.
            silo.UseDevelopmentClustering(node.PrimaryEndpoint);
            silo.AddMemoryGrainStorage(EdgesGrain.Storage);
            silo.AddMemoryGrainStorage(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME);
        }

        silo.ConfigureForChat();
        silo.AddActivityPropagation();
        silo.AddFigures();
        silo.AddChatGrains(options.Limits.ForRooms(), services => services.GetRequiredService<IStorage>(), TimeProvider.System, options.Alerts.Settings);
        if (node.Tls is { } tls) silo.UseTls(NodeTls.Between(tls));
    });

    /// <summary>A gateway without grains: a client of the silos.</summary>
    public static void AddClusterClient(this WebApplicationBuilder builder, NodeOptions node, ChatOptions options) => builder.UseOrleansClient(client =>
    {
        client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (node.Id, node.Id));
        if (ClusterDatabase.In(options.Storage) is { } database) database.Serve(client);
        else client.UseStaticClustering(node.PrimaryForClients);

        client.ConfigureForChat();
        client.AddActivityPropagation();
        client.AddFigures();
        client.AddEdgeStreams();
        client.Services.AddChatSerializer();
        if (node.Tls is { } tls) client.UseTls(NodeTls.Between(tls));

        var tries = JoinWithin / BetweenTries;
        client.UseConnectionRetryFilter(async (_, cancel) =>
        {
            await Task.Delay(BetweenTries, cancel);
            return --tries > 0; // the silos may start together with this gateway
        });
    });

    /// <summary>The engine of the cluster, and this edge's life in it.</summary>
    public static void AddClusterChat(this WebApplicationBuilder builder, NodeOptions node, ChatOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(provider => new ClusterFeed(
            options.Node,
            provider.GetRequiredService<IGrainFactory>(),
            provider.GetRequiredKeyedService<IStreamProvider>(EdgeStreams.Provider),
            provider.GetRequiredService<ILogger<ClusterFeed>>()));
        services.AddSingleton<IFeed>(provider => provider.GetRequiredService<ClusterFeed>());
        services.AddSingleton<IChat, ClusterChat>();
        if (node.Roles.HasFlag(Roles.Gateway))
        {
            services.AddHostedService<EdgeLife>();
            services.AddDashboardPage();
        }

        services.AddHealthChecks().AddCheck<ClusterCheck>("cluster");
    }

    /// <summary>An edge has the page, the protocol and the dashboard; a node that is none has health and metrics only.</summary>
    public static void MapNode(this WebApplication app, NodeOptions node)
    {
        if (!node.Roles.HasFlag(Roles.Gateway))
        {
            app.MapWithoutEdge();
            return;
        }

        app.MapGateway();
        app.MapDashboardPage();
    }
}
