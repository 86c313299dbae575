using OrleansChat.Client;

namespace OrleansChat.Tests.Client;

/// <summary>A <see cref="ChatClient"/> whose server is played by the test, and whose pauses take no time.</summary>
public abstract class AtAPeer : IAsyncLifetime
{
    private protected readonly HurryingTime time = new();
    private protected Peer peer = null!;

    public async ValueTask InitializeAsync() => peer = await Peer.Start();

    public async ValueTask DisposeAsync()
    {
        await peer.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected Task<ChatClient> Start(SignIn? who = null) =>
        ChatClient.Connect(peer.Uri, who ?? new SignIn.Guest("Ada"), new() { Time = time, Patience = TimeSpan.FromHours(1) });

    private protected async Task<(ChatClient Ada, PeerSocket Server)> Enter(SignIn? who = null)
    {
        var starting = Start(who);
        var server = await peer.Accept();
        await server.Welcome();
        return (await starting.WaitAsync(Peer.Patience), server);
    }
}
