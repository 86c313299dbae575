using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Tests.Sockets;

namespace OrleansChat.Tests.Gateway.Operations;

/// <summary>What a frame of the client's brings about leaves in one write: the bytes are few, and a write is dear.</summary>
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
        await Hears("\"presence\""); // she is told last that she is here
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        wire.Dispose();
    }

    /// <summary>With the client's end comes the server's close, in a write of its own.</summary>
    private async Task End()
    {
        await input.Writer.CompleteAsync();
        await running.WaitAsync(ChatServer.Patience);
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
    public async Task The_event_and_the_answer_of_a_post()
    {
        var before = wire.Writes;
        await Say($$"""{"op":"post","id":3,"room":"{{room}}","text":"Hello!","key":"a1"}""");
        await Hears("\"Hello!\"");
        await Hears("\"re\":3,");
        await End();
        Assert.Equal(1 + 1, wire.Writes - before);
    }

    [Fact]
    public async Task All_that_was_asked_in_one_go()
    {
        var before = wire.Writes;
        await Say([.. Enumerable.Range(4, 20).Select(id => $$"""{"op":"ping","id":{{id}}}""")]);
        await Hears("\"re\":23,");
        await End();
        Assert.Equal(1 + 1, wire.Writes - before);
    }
}
