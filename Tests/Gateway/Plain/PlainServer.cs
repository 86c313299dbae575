using OrleansChat.Gateway.Plain;

namespace OrleansChat.Tests.Gateway.Plain;

/// <summary>A server that takes plain TCP too, with the limits of a real one.</summary>
public sealed class PlainServer() : ChatServer(["Chat:Plain:Port=0"], null)
{
    public Task<PlainPeer> Connect() => PlainPeer.Connect(Get<PlainListener>().EndPoints.Single());
}
