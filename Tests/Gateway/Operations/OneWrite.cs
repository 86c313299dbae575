using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Tests.Sockets;

namespace OrleansChat.Tests.Gateway.Operations;

/// <summary>
/// What a frame of the client's brings about leaves in one write: the bytes are few, and a write is dear. While the room is
/// at something else, such as telling her that she is here, it does not; so each is asked for until nothing comes between.
/// </summary>
public sealed class OneWrite(ChatServer server) : IClassFixture<ChatServer>, IAsyncLifetime
{
    private readonly Pipe input = new();
    private readonly SocketLine wire = new();
    private readonly string room = server.NameLike("den"); // nobody else comes here or goes
    private Task<bool> running = Task.FromResult(true);

    public async ValueTask InitializeAsync()
    {
        running = new ChatSocket(input.Reader, wire, server.Get<Edge>()).Run();
        await Say("""{"op":"hello","id":1,"guest":"Ada"}""");
        await Hears("\"re\":1,");
        await Say($$"""{"op":"create","id":2,"room":"{{room}}"}""");
        await Hears("\"re\":2,");
    }

    public async ValueTask DisposeAsync()
    {
        await input.Writer.CompleteAsync();
        await running.WaitAsync(ChatServer.Patience);
        wire.Dispose();
    }

    /// <param name="ask">Is given an id that nobody has asked with.</param>
    private async Task IsOneWrite(Func<int, Task> ask)
    {
        var writes = 0;
        for (var id = 100; writes != 1 && id < 1_000; id += 100)
        {
            var before = wire.Writes;
            await ask(id);
            writes = wire.Writes - before;
        }

        Assert.Equal(1, writes);
    }

    private async Task Say(params string[] frames)
    {
        foreach (var frame in frames) input.Writer.Write(new ClientFrame(Opcode.Text, Encoding.UTF8.GetBytes(frame)).Bytes());
        await input.Writer.FlushAsync();
    }

    private async Task Hears(string text)
    {
        while (true)
        {
            var sent = wire.Sent; // one look: what comes after it is waited for
            if (Encoding.UTF8.GetString(sent).Contains(text, StringComparison.Ordinal)) return;
            await wire.Received(sent.Length + 1);
        }
    }

    [Fact]
    public Task The_event_and_the_answer_of_a_post() => IsOneWrite(async id =>
    {
        await Say($$"""{"op":"post","id":{{id}},"room":"{{room}}","text":"Hello {{id}}!","key":"{{id}}"}""");
        await Hears($"Hello {id}!");
        await Hears($"\"re\":{id},");
    });

    [Fact]
    public Task All_that_was_asked_in_one_go() => IsOneWrite(async id =>
    {
        await Say([.. Enumerable.Range(id, 20).Select(ping => $$"""{"op":"ping","id":{{ping}}}""")]);
        await Hears($"\"re\":{id + 19},");
    });
}
