using OrleansChat.Engine;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Conformance;

/// <summary>Two people, one room, and either may stop the other.</summary>
public abstract class DirectRooms(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    private RoomId Ours => RoomId.Direct(Ada.Id, Bob.Id);

    [Fact]
    public async Task Whoever_opens_it_both_are_in_it_under_the_others_name()
    {
        await Task.WhenAll(Opens(Ada, Bob), Opens(Bob, Ada));
        Assert.Equal("Bob", (await Storage.RoomOf(Ada.Id, Ours))?.Name);
        Assert.Equal("Ada", (await Storage.RoomOf(Bob.Id, Ours))?.Name);
        Assert.Equal(2, (await Log(Ours)).Count);

        await Say(Bob, "Hello, Ada", Ours);
        Assert.Equal("Hello, Ada", Assert.Single(await History(Ours)).Text);
    }

    [Fact]
    public async Task Nobody_opens_one_with_nobody()
    {
        var nobody = UserId.Parse("no.such.person");
        Assert.Equal(ErrorCode.NotFound, await Refused(Ada, RoomId.Direct(Ada.Id, nobody), new RoomCommand.OpenDirect(nobody)));
    }

    [Fact]
    public async Task A_third_person_sees_none_of_it()
    {
        await Opens(Ada, Bob);
        var anyone = new[] { Cleo, Cleo with { Admin = true } };
        foreach (var third in anyone)
        {
            Assert.Equal(ErrorCode.NotFound, await Refused(third, Ours, Post("Hello?")));
            Assert.Equal(ErrorCode.NotFound, await Refused(third, Ours, new RoomCommand.Join()));
            Assert.Equal(ErrorCode.NotFound, (await Chat.Room(Ours).History(third, new())).Refusal?.Code);
            Assert.Equal(ErrorCode.NotFound, (await Chat.Room(Ours).Status(third, null)).Refusal?.Code);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task From_the_answer_to_block_on_nothing_is_said_whoever_blocked(bool adaBlocks)
    {
        await Opens(Ada, Bob);
        var seq = (await Say(Bob, "Buy my book", Ours)).Seq;
        var (by, other) = adaBlocks ? (Ada, Bob) : (Bob, Ada);
        Value(await Chat.User(by.Id).Block(other.Id, on: true));
        foreach (var who in new[] { Ada, Bob })
        {
            Assert.Equal(ErrorCode.Forbidden, await Refused(who, Ours, Post("Why?")));
            Assert.Equal(ErrorCode.Forbidden, await Refused(who, Ours, new RoomCommand.React(seq, "👎", true)));
            Assert.Equal(ErrorCode.Forbidden, (await Chat.Room(Ours).Typing(who)).Refusal?.Code);
        }

        await Do(Bob, Ours, new RoomCommand.Delete(seq)); // taking one's words back is always free
    }

    [Fact]
    public async Task From_the_answer_to_unblock_on_talking_is_free_unless_the_other_blocks_too()
    {
        await Opens(Ada, Bob);
        Value(await Chat.User(Ada.Id).Block(Bob.Id, on: true));
        Value(await Chat.User(Bob.Id).Block(Ada.Id, on: true));
        Value(await Chat.User(Ada.Id).Block(Bob.Id, on: false));
        Assert.Equal(ErrorCode.Forbidden, await Refused(Ada, Ours, Post("Sorry")));
        Value(await Chat.User(Bob.Id).Block(Ada.Id, on: false));
        await Say(Ada, "Sorry", Ours);
    }

    [Fact]
    public async Task Who_is_blocked_opens_no_direct_room()
    {
        Value(await Chat.User(Ada.Id).Block(Bob.Id, on: true));
        Assert.Equal(ErrorCode.Forbidden, await Refused(Bob, Ours, new RoomCommand.OpenDirect(Ada.Id)));
        Assert.Empty(await Log(Ours));
    }

    [Fact]
    public async Task A_block_outlives_an_activation()
    {
        await Opens(Ada, Bob);
        await Reactivate(Ours);
        Value(await Chat.User(Ada.Id).Block(Bob.Id, on: true));
        await Storage.OpenRoom(Ours);
        Assert.Equal(ErrorCode.Forbidden, await Refused(Bob, Ours, Post("Why?")));
    }

    [Fact]
    public async Task Blocking_does_not_reach_beyond_the_direct_room()
    {
        Value(await Chat.User(Ada.Id).Block(Bob.Id, on: true));
        await Say(Bob, "Good day, everybody");
    }

    [Fact]
    public async Task The_blockers_edges_hear_so()
    {
        await using var ada = await Listen(Ada);
        Value(await Chat.User(Ada.Id).Block(Bob.Id, on: true));
        await ada.Next<UserNews.BlocksChanged>();
        Value(await Chat.User(Ada.Id).Block(Bob.Id, on: false));
        await ada.Next<UserNews.BlocksChanged>();
    }

    [Fact]
    public async Task Nobody_blocks_themselves_or_nobody()
    {
        Assert.Equal(ErrorCode.BadRequest, (await Chat.User(Ada.Id).Block(Ada.Id, on: true)).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await Chat.User(Ada.Id).Block(UserId.Parse("no.such.person"), on: true)).Refusal?.Code);
    }

    private Task<Receipt> Opens(Actor one, Actor other) => Do(one, Ours, new RoomCommand.OpenDirect(other.Id));
}
