using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>Somebody who sends whatever text they like, and hears what the server makes of it.</summary>
internal sealed class Stranger : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private Stranger(ChatConnection connection, HelloAnswer? welcome) => (Connection, Welcome) = (connection, welcome!);

    public ChatConnection Connection { get; }

    /// <summary>Null before hello.</summary>
    public HelloAnswer Welcome { get; }

    public string Id => Welcome.User.Id;

    public static async Task<Stranger> Knock(GatewayProcess gateway) => new(await gateway.Connect(), null);

    /// <summary>Comes in as a guest, new or known by a token.</summary>
    public static async Task<Stranger> Enter(GatewayProcess gateway, string name = "Eve", string? token = null, IReadOnlyDictionary<string, long>? resume = null)
    {
        var connection = await gateway.Connect();
        return new(connection, await connection.Hello(token, token is null ? name : null, resume).WaitAsync(Soon));
    }

    /// <summary>Sends a text as it is, and gives the answer to it.</summary>
    public async Task<ChatPush.StrayAnswer> Say(string frame)
    {
        await Connection.Send(frame);
        return await Answer();
    }

    public async Task<ChatPush.StrayAnswer> Answer()
    {
        using var patience = new CancellationTokenSource(Soon);
        await foreach (var push in Connection.Pushes.ReadAllAsync(patience.Token))
        {
            if (push is ChatPush.StrayAnswer answer) return answer;
        }

        throw new InvalidOperationException($"The connection ended ({await Connection.Closed}).");
    }

    /// <summary>The close code with which the server ends this connection.</summary>
    public async Task<int?> Closed() => (await Connection.Closed.WaitAsync(Soon)).Code;

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
