using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Grains.Edges;
using OrleansChat.Grains.Interfaces;
using OrleansChat.Grains.Streams;
using OrleansChat.Rooms;
using OrleansChat.Storage;

namespace OrleansChat.Grains;

/// <summary>What a silo adds to hold the chat's grains.</summary>
public static class ChatGrains
{
    /// <param name="clock">The rooms' clock; Orleans keeps its own.</param>
    public static ISiloBuilder AddChatGrains(this ISiloBuilder silo, RoomLimits limits, Func<IServiceProvider, IStorage> storage, TimeProvider clock)
    {
        silo.AddEdgeStreams();
        silo.Services.AddChatSerializer();
        silo.Services.AddSingleton<EdgeOutboxes>();
        silo.Services.AddSingleton<LivingEdges>();
        silo.Services.AddSingleton<Microsoft.Extensions.Hosting.IHostedService>(services => services.GetRequiredService<LivingEdges>());
        silo.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<GrainHost>(services, storage(services), limits, clock));
        return silo;
    }
}
