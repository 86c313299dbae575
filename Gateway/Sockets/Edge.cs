using Microsoft.Extensions.Options;
using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Limits;
using OrleansChat.Gateway.Nodes;
using OrleansChat.Gateway.Operations;
using OrleansChat.Gateway.Rooms;
using OrleansChat.Gateway.Users;
using OrleansChat.Storage;

namespace OrleansChat.Gateway.Sockets;

/// <summary>What every socket of this edge shares.</summary>
public sealed record Edge(
    IOptions<ChatOptions> Options,
    Dispatch Dispatch,
    SignIn SignIn,
    Tokens Tokens,
    OpenRooms Rooms,
    OpenUsers Users,
    NodeWatchers Watchers,
    UserRates Rates,
    IStorage Storage,
    SocketTraffic Traffic,
    EdgeMeter Meter,
    TimeProvider Time,
    ILogger<ChatSocket> Log)
{
    public ChatLimits Limits => Options.Value.Limits;
}
