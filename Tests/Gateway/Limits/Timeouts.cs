using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Tests.Sockets;

namespace OrleansChat.Tests.Gateway.Limits;

/// <summary>Who says nothing is not waited for; these limits stay when the others are lifted.</summary>
public sealed class Timeouts
{
    private readonly ManualTime time = new(DateTimeOffset.UtcNow);

    private Task<ChatServer> Start(string setting) =>
        ChatServer.Start(services => services.AddSingleton<TimeProvider>(time), "Chat:Limits:Enabled=false", setting);

    [Theory]
    [InlineData("Chat:Node=as-ever", 10)]
    [InlineData("Chat:Limits:Hello=00:00:30", 30)]
    public async Task Whoever_does_not_say_hello_in_time_is_closed_with_4001(string setting, int seconds)
    {
        await using var server = await Start(setting);
        await using var silent = await Wire.Open(server);
        await silent.Send("""{"op":"ping","id":1}""");
        await silent.Answer(1);
        var closed = silent.Closed();
        var passed = await time.Until(closed, TimeSpan.FromSeconds(seconds + 20));
        Assert.InRange(passed, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 20));
        Assert.Equal(4001, await closed);
    }

    [Fact]
    public async Task Whoever_said_hello_may_be_silent_as_long_as_their_line_answers_pings()
    {
        await using var server = await Start("Chat:Limits:Ping=00:00:10");
        await using var ada = await server.Enter("ada"); // its WebSocket answers pings by itself
        using var counted = new Pinged(server);
        for (var i = 1; i <= 3; i++) await time.Until(counted.More(), TimeSpan.FromSeconds(60));
        Assert.Equal("ok", await ada.Word(chat => chat.Ping()));
    }

    [Theory]
    [InlineData("Chat:Node=as-ever", 25)]
    [InlineData("Chat:Limits:Ping=00:00:10", 10)]
    public async Task A_half_open_connection_is_pinged_once_and_then_taken_for_dead(string setting, int seconds)
    {
        await using var server = await Start(setting);
        using var patience = new CancellationTokenSource(ChatServer.Patience);
        using var dead = await RawSocket.Open(server.Http.BaseAddress!.Port, "/ws", patience.Token);
        await dead.Stream.WriteAsync(new ClientFrame(Opcode.Text, """{"op":"hello","id":1,"guest":"Gil"}"""u8.ToArray()).Bytes(), patience.Token);
        var frames = dead.ReadToClose(patience.Token);
        var passed = await time.Until(frames, TimeSpan.FromSeconds((2 * seconds) + 20));
        Assert.InRange(passed, TimeSpan.FromSeconds(2 * seconds), TimeSpan.FromSeconds((2 * seconds) + 20));
        Assert.Equal([Opcode.Text, Opcode.Ping, Opcode.Close], (await frames).Select(frame => frame.Opcode));
    }

    /// <summary>Bytes that come in show that a ping was answered.</summary>
    private sealed class Pinged(ChatServer server) : IDisposable
    {
        private readonly CancellationTokenSource patience = new(ChatServer.Patience);
        private readonly SocketTraffic traffic = server.Get<SocketTraffic>();

        public async Task More()
        {
            var before = traffic.BytesIn;
            while (traffic.BytesIn == before) await Task.Delay(1, patience.Token);
        }

        public void Dispose() => patience.Dispose();
    }
}
