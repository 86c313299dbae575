using System.Net;
using System.Text;
using OrleansChat.Client;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Tests.Sockets;

namespace OrleansChat.Tests.Processes;

/// <summary>Too much of everything, against the limits that a server has by default.</summary>
[Collection(Processes.Name)]
public sealed class Floods(GuardedGateway guarded) : IClassFixture<GuardedGateway>
{
    private readonly GatewayProcess gateway = guarded.Process;

    public static TheoryData<string> Operations =>
    [
        """{"op":"post","id":1,"room":"lobby","text":"Buy now","key":"k¤"}""",
        """{"op":"join","id":1,"room":"lobby"}""",
        """{"op":"typing","id":1,"room":"lobby"}""",
        """{"op":"history","id":1,"room":"lobby","limit":200}""",
        """{"op":"create","id":1,"room":"flood-¤"}""",
        """{"op":"fly","id":1}""",
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public Task Ten_thousand_operations_at_once_are_refused_and_then_the_connection(string frame) => Bystanders.Undisturbed(gateway, async () =>
    {
        var answers = new List<ChatPush.StrayAnswer>();
        await using var eve = await gateway.Connect(push =>
        {
            if (push is ChatPush.StrayAnswer answer) answers.Add(answer);
        });
        await eve.Hello(guest: "Eve");
        await eve.Join("lobby");
        try
        {
            for (var i = 0; i < 10_000; i++) await eve.Send(frame.Replace("¤", $"{i}"));
        }
        catch (ChatClosedException)
        {
            // It has been closed while there was more to say.
        }

        var end = await eve.Closed.WaitAsync(Stranger.Soon);
        Assert.Contains(end.Code, new int?[] { 4009, 4002, null });
        if (frame.Contains("fly", StringComparison.Ordinal)) return;
        Assert.InRange(answers.Count(answer => answer.Ok is not null), 0, frame.Contains("create", StringComparison.Ordinal) ? 30 : 300);
        Assert.Contains(answers, answer => answer.Error is { Code: "rate_limited", RetryAfter: > 0 });
    });

    [Fact]
    public Task Connections_beyond_the_limit_of_an_address_are_refused() => Bystanders.Undisturbed(gateway, async () =>
    {
        var open = new List<ChatConnection>();
        try
        {
            var refused = await Assert.ThrowsAsync<ChatRefusedException>(async () =>
            {
                for (var i = 0; i < 300; i++) open.Add(await gateway.Connect());
            });
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
            Assert.InRange(open.Count, 200, 250); // some are Ada's, Bob's, and those of tests that have just ended
        }
        finally
        {
            await Task.WhenAll(open.Select(connection => connection.DisposeAsync().AsTask()));
        }

        await using var again = await Stranger.Enter(gateway);
    });

    [Fact]
    public Task A_thousand_connections_that_come_and_go_leave_nothing() => Bystanders.Undisturbed(gateway, async () =>
    {
        for (var i = 0; i < 1_000; i += 50)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
            {
                using var socket = await RawSocket.Open(gateway.Port, "/ws", default);
            }));
        }
    });

    [Fact]
    public Task A_user_makes_thirty_rooms_and_then_waits() => Bystanders.Undisturbed(gateway, async () =>
    {
        await using var eve = await Stranger.Enter(gateway);
        await using var again = await Stranger.Enter(gateway, token: eve.Welcome.Token);
        for (var i = 0; i < 30; i++) await eve.Connection.Create($"mine-{i}");
        foreach (var connection in (ChatConnection[])[eve.Connection, again.Connection])
        {
            var refused = await Assert.ThrowsAsync<ChatException>(() => connection.Create("one-more"));
            Assert.Equal("rate_limited", refused.Code);
            Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        }
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_reader_that_never_reads_is_let_go_and_holds_up_nobody(bool oneByOne) => Bystanders.Undisturbed(gateway, async () =>
    {
        using var deaf = await RawSocket.Open(gateway.Port, "/ws", default);
        deaf.Socket.ReceiveBufferSize = 4096;
        var room = $"deaf-{oneByOne}".ToLowerInvariant();
        await using (var host = await Stranger.Enter(gateway, "Host")) await host.Connection.Create(room);
        foreach (var frame in (string[])["""{"op":"hello","id":1,"guest":"Deaf"}""", $$"""{"op":"join","id":2,"room":"{{room}}"}"""])
        {
            await deaf.Stream.WriteAsync(new ClientFrame(Opcode.Text, Encoding.UTF8.GetBytes(frame)).Bytes());
        }

        // More than the outbox of 1 MiB and everything on the way hold; nobody alone may say so much at once.
        var text = new string('世', 4_000);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            await using var talker = await Stranger.Enter(gateway, "Talker");
            await talker.Connection.Join(room);
            var posts = Enumerable.Range(0, 80).Select(_ => talker.Connection.Post(room, text));
            if (!oneByOne) await Task.WhenAll(posts);
            else foreach (var post in posts) await post;
        }));

        // Too slow for what happens (4008), or in the middle of a long replay and silent: Ada and Bob alone are left.
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await gateway.Connections() > 2) await Task.Delay(100, patience.Token);
        Assert.InRange(await Rest(deaf.Stream), 1, 9 << 20);
    });

    /// <summary>The bytes that were on their way.</summary>
    private static async Task<long> Rest(Stream stream)
    {
        using var patience = new CancellationTokenSource(Stranger.Soon);
        var (heard, buffer) = (0L, new byte[65536]);
        try
        {
            while (await stream.ReadAsync(buffer, patience.Token) is > 0 and var count) heard += count;
        }
        catch (IOException)
        {
            // Reset: that is how it ends for a client that did not listen.
        }

        return heard;
    }

    [Fact]
    public Task The_same_key_a_hundred_times_at_once_is_one_message() => Bystanders.Undisturbed(gateway, async () =>
    {
        await using var ada = await Stranger.Enter(gateway, "Ada");
        await ada.Connection.Create("once");
        var adas = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Stranger.Enter(gateway, token: ada.Welcome.Token)));
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => adas[i % 10].Connection.Post("once", $"Only once {i}", "the-key")));
        Assert.Single(answers.Distinct());
        Assert.Equal(2, (await ada.Connection.Status("once")).Head);
        foreach (var each in adas) await each.DisposeAsync();
    });
}
