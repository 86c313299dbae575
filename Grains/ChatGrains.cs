using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Grains.Edges;
using OrleansChat.Grains.Interfaces;
using OrleansChat.Grains.Streams;
using OrleansChat.Nodes;
using OrleansChat.Rooms;
using OrleansChat.Storage;

namespace OrleansChat.Grains;

/// <summary>What a silo adds to hold the chat's grains.</summary>
public static class ChatGrains
{
    /// <param name="clock">The rooms' clock; Orleans keeps its own.</param>
    /// <param name="alerts">Absent where nothing is to be told of the nodes.</param>
    public static ISiloBuilder AddChatGrains(
        this ISiloBuilder silo, RoomLimits limits, Func<IServiceProvider, IStorage> storage, TimeProvider clock, AlertSettings? alerts = null)
    {
        silo.AddEdgeStreams();
        silo.Services.AddChatSerializer();
        silo.Services.AddSingleton<EdgeOutboxes>();
        silo.Services.AddSingleton<LivingEdges>();
        silo.Services.AddSingleton<Microsoft.Extensions.Hosting.IHostedService>(services => services.GetRequiredService<LivingEdges>());
        silo.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<GrainHost>(services, storage(services), limits, clock));
        if (alerts is not null) silo.Services.AddSingleton(alerts);
        return silo;
    }
}
