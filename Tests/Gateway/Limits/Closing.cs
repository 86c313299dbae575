using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Limits;

/// <summary>With which code a connection ends, and what comes before it.</summary>
public sealed class Closing(ChatServer server) : IClassFixture<ChatServer>
{
    public static TheoryData<string> BadFrames => new(
        "nonsense",
        "[]",
        "7",
        "\"hello\"",
        "",
        "{}",
        """{"op":"ping"}""",
        """{"id":1}""",
        """{"op":"dance","id":1}""",
        """{"op":7,"id":1}""",
        """{"op":"ping","id":-1}""",
        """{"op":"ping","id":1.5}""",
        """{"op":"ping","id":"1"}""",
        """{"op":"ping","id":9007199254740992}""",
        """{"op":"ping","id":1,"id":2}""",
        """{"op":"ping","id":1,"x":{"a":1,"a":2}}""",
        """{"op":"ping","id":1,"x":"\ud800"}""",
        """{"op":"ping","id":1,"\udc00":1}""",
        """{"op":"ping","id":1,"x":[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]}""",
        """{"op":"ping","id":1} {"op":"ping","id":2}""");

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task A_bad_frame_is_answered_and_ten_in_a_row_close_with_4002(string frame)
    {
        await using var eve = await Wire.Enter(server, (await server.Account("eve")).Token);
        for (var i = 0; i < 9; i++)
        {
            await eve.Send(frame);
            var answer = await eve.Until(answer => answer.TryGetProperty("re", out _));
            Assert.Equal("bad_request", Wire.Word(answer));
        }

        await eve.Send("""{"op":"ping","id":5,"anything":{"unknown":[1,2,3]}}""");
        Assert.Equal("ok", Wire.Word(await eve.Answer(5))); // a good one in between, and the count begins anew
        for (var i = 0; i < 10; i++) await eve.Send(frame);
        Assert.Equal(4002, await eve.Closed());
        Assert.Equal(19, eve.Frames.Count(answer => answer.TryGetProperty("error", out _)));
    }

    [Theory]
    [InlineData("""{"op":"post","id":1,"room":"lobby","text":7,"key":"key"}""")]
    [InlineData("""{"op":"post","id":1,"room":"lobby","key":"key"}""")]
    [InlineData("""{"op":"post","id":1,"room":"lobby","text":null,"key":"key"}""")]
    [InlineData("""{"op":"join","id":1,"room":"NO ROOM"}""")]
    [InlineData("""{"op":"join","id":1,"room":{"room":"lobby"}}""")]
    [InlineData("""{"op":"read","id":1,"room":"lobby","seq":1e400}""")]
    [InlineData("""{"op":"role","id":1,"room":"lobby","user":"ada","role":"emperor"}""")]
    [InlineData("""{"op":"who","id":1,"users":"ada"}""")]
    [InlineData("""{"op":"dm","id":1,"user":"../ada"}""")]
    public async Task Fields_of_the_wrong_type_are_refused_and_never_close(string operation)
    {
        await using var eve = await Wire.Enter(server, (await server.Account("eve")).Token);
        for (var i = 0; i < 15; i++)
        {
            await eve.Send(operation);
            Assert.Equal("bad_request", Wire.Word(await eve.Answer(1)));
        }

        await eve.Send("""{"op":"ping","id":2}""");
        Assert.Equal("ok", Wire.Word(await eve.Answer(2)));
    }

    [Fact]
    public async Task When_the_node_goes_down_everyone_hears_goodbye_and_then_1012_and_their_posts_are_answered()
    {
        await using var mortal = await ChatServer.Start("Chat:Limits:Enabled=false");
        await using var ada = await mortal.Enter("ada");
        await using var silent = await Wire.Open(mortal);
        var room = await ada.NewRoom();
        var posts = Enumerable.Range(0, 50).Select(i => ada.Chat.Post(room, $"Number {i}")).ToList();
        await posts[0];
        var stopping = mortal.Stop();
        var bye = await ada.Next<ChatPush.Bye>();
        Assert.InRange(bye.RetryAfter!.Value, 0, 1);
        Assert.Equal((1012, 1012), (await ada.Closed(), await silent.Closed()));
        Assert.False(ada.Chat.Pushes.TryRead(out _)); // goodbye is the last word
        await stopping;
        var stored = (await mortal.Storage.ReadEvents(OrleansChat.Rooms.RoomId.Parse(room), 1, 100)).Select(e => e.Seq).ToHashSet();
        Assert.All(posts.Where(post => post.IsCompletedSuccessfully), post => Assert.Contains(post.Result.Seq, stored));
    }
}
