using OrleansChat.Engine;
using OrleansChat.Rooms;

namespace OrleansChat.Tests.Conformance;

/// <summary>When the storage fails a room, the room says so, forgets what it thought, and reads the log.</summary>
public abstract class Failures(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    [Fact]
    public async Task A_post_that_was_not_stored_is_unavailable_and_its_repeat_is_stored()
    {
        Storage.LoseNextAppend(Den);
        Assert.Equal(ErrorCode.Unavailable, await Refused(Bob, Den, Post("Once", "key")));
        Assert.Empty(await History());
        await Insist(Bob, Den, Post("Once", "key"));
        Assert.Equal("Once", Assert.Single(await History()).Text);
    }

    [Fact]
    public async Task A_post_that_was_stored_though_the_answer_was_lost_is_unavailable_and_its_repeat_gives_the_receipt()
    {
        Storage.LoseNextAnswer(Den);
        Assert.Equal(ErrorCode.Unavailable, await Refused(Bob, Den, Post("Once", "key")));
        var receipt = await Insist(Bob, Den, Post("Once", "key"));
        var message = Assert.Single(await History());
        Assert.Equal((message.Seq, message.At), (receipt.Seq, receipt.At));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_an_unknown_outcome_the_log_is_the_truth_about_the_members(bool stored)
    {
        if (stored) Storage.LoseNextAnswer(Den);
        else Storage.LoseNextAppend(Den);
        Assert.Equal(ErrorCode.Unavailable, await Refused(Cleo, Den, new RoomCommand.Join()));
        await Insist(Ada, Den, Post("Is Cleo here?"));
        Assert.Equal(stored, (await Status()).Members.Any(m => m.User == Cleo.Id));
        Assert.Equal(stored ? null : ErrorCode.NotMember, await Refused(Cleo, Den, Post("I am")));
    }

    [Fact]
    public async Task A_room_that_somebody_else_opened_steps_down_and_nothing_is_stored_twice()
    {
        await Storage.OpenRoom(Den);
        Assert.Equal(ErrorCode.Unavailable, await Refused(Bob, Den, Post("Once", "key")));
        await Insist(Bob, Den, Post("Once", "key"));
        Assert.Equal("Once", Assert.Single(await History()).Text);
    }

    [Fact]
    public async Task A_destruction_that_was_fenced_off_is_unavailable_and_its_repeat_destroys()
    {
        await Storage.OpenRoom(Den);
        Assert.Equal(ErrorCode.Unavailable, await Refused(Ada, Den, new RoomCommand.Destroy()));
        Assert.NotEmpty(await Log());
        await Insist(Ada, Den, new RoomCommand.Destroy());
        Assert.Empty(await Log());
    }

    [Fact]
    public async Task A_hundred_posts_amid_a_failure_are_each_stored_once_when_repeated()
    {
        Storage.LoseNextAnswer(Den);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Insist(i % 2 == 0 ? Ada : Bob, Den, Post($"Number {i:00}", $"key-{i}"))));
        var log = await Log();
        Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(e => e.Seq));
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"Number {i:00}"), log.OfType<RoomEvent.Message>().Select(m => m.Text).Order());
    }

    [Fact]
    public async Task Who_listens_hears_of_the_new_life_how_far_the_log_goes_and_then_what_comes()
    {
        await using var listener = await Listen();
        Storage.LoseNextAnswer(Den);
        await Refused(Bob, Den, Post("Stored, but never told"));
        var seq = (await Insist(Ada, Den, Post("And this comes after"))).Seq;

        RoomNews.Announced announced;
        do announced = await listener.Next<RoomNews.Announced>();
        while (announced.Head < seq - 1);
        Assert.Equal(seq, (await listener.Next<RoomNews.Happened>()).Events[^1].Seq);
    }

    [Fact]
    public async Task Who_came_in_though_the_answer_was_lost_hears_so_from_the_rooms_next_life()
    {
        await using var cleo = await Listen(Cleo);
        Storage.LoseNextAnswer(Den);
        Assert.Equal(ErrorCode.Unavailable, await Refused(Ada, Den, new RoomCommand.Invite(Cleo.Id)));
        await Insist(Ada, Den, Post("Are you there, Cleo?"));
        var invited = (await Log()).OfType<RoomEvent.Invited>().Single();
        Assert.Equal(new UserNews.Entered(Den, invited.Seq), await cleo.Next<UserNews.Entered>());
    }

    [Fact]
    public async Task One_rooms_failure_is_not_anothers()
    {
        var lair = await NewRoom("lair");
        Storage.LoseNextAppend(Den);
        var (den, other) = (Refused(Ada, Den, Post("Hello")), Refused(Ada, lair, Post("Hello")));
        Assert.Equal((ErrorCode.Unavailable, null), (await den, await other));
    }

    [Fact]
    public async Task A_room_that_was_never_stored_can_be_created_again()
    {
        var lair = RoomId.Parse($"lair-of-{Ada.Id.Value}");
        Storage.LoseNextAppend(lair);
        var create = new RoomCommand.Create(null, null, Visibility.Public);
        Assert.Equal(ErrorCode.Unavailable, await Refused(Ada, lair, create));
        Assert.Equal(1, (await Insist(Ada, lair, create)).Seq);
    }

    [Fact]
    public async Task While_the_storage_is_away_everything_is_unavailable_and_afterwards_it_is_not()
    {
        var lair = RoomId.Parse($"lair-of-{Ada.Id.Value}");
        Storage.Away = true;
        foreach (var room in new[] { Den, lair })
        {
            Assert.Equal(ErrorCode.Unavailable, await Refused(Ada, room, Post("Hello?")));
            Assert.Equal(ErrorCode.Unavailable, (await Chat.Room(room).History(Ada, new())).Refusal?.Code);
            Assert.Equal(ErrorCode.Unavailable, (await Chat.Room(room).Status(Ada, null)).Refusal?.Code);
        }

        Assert.Equal(ErrorCode.Unavailable, (await Chat.Room(Den).MarkRead(Ada, 1)).Refusal?.Code);
        Storage.Away = false;
        await Insist(Ada, Den, Post("Back again"));
        Value(await Chat.Room(Den).MarkRead(Ada, 1));
        Assert.Equal("Back again", Assert.Single(await History()).Text);
        Assert.Equal(ErrorCode.NotFound, await Refused(Ada, lair, Post("Hello?")));
    }
}
