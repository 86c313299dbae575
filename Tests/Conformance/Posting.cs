using OrleansChat.Rooms;

namespace OrleansChat.Tests.Conformance;

/// <summary>An answered post is stored once, under one number.</summary>
public abstract class Posting(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    [Fact]
    public async Task A_post_is_answered_with_its_number_and_time_and_is_in_the_log()
    {
        var receipt = await Say(Bob, "Hello, Ada");
        var message = Assert.IsType<RoomEvent.Message>((await Log())[^1]);
        Assert.Equal((receipt.Seq, receipt.At, Bob.Id, "Hello, Ada"), (message.Seq, message.At, message.By, message.Text));
    }

    [Fact]
    public async Task Fifty_people_post_at_once_and_the_numbers_have_no_hole()
    {
        var people = await People(50);
        await Task.WhenAll(people.Select(person => Do(person, Den, new RoomCommand.Join())));
        await Task.WhenAll(people.SelectMany((person, i) => Enumerable.Range(0, 4).Select(async n =>
        {
            var receipt = Value(await Submit(person, Den, Post($"{person.Id} {n}"), edge: i % 2));
            var stored = Assert.IsType<RoomEvent.Message>(Assert.Single(await Storage.ReadEvents(Den, receipt.Seq - 1, 1)));
            Assert.Equal(($"{person.Id} {n}", receipt.At), (stored.Text, stored.At));
        })));
        var log = await Log();
        Assert.Equal(2 + 50 + 200, log.Count);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(e => e.Seq));
        Assert.Equal(log.Select(e => e.At).Order(), log.Select(e => e.At));
    }

    [Fact]
    public async Task The_same_key_a_hundred_times_at_once_is_one_event_and_one_receipt()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Submit(Bob, Den, Post("Once", "key"), edge: i % 2)));
        Assert.Single(answers.Select(Value).Distinct());
        Assert.Single(await History());
    }

    [Fact]
    public async Task The_same_key_while_the_first_is_under_way_is_one_event_and_one_receipt()
    {
        var held = Storage.HoldNextAppend(Den);
        var first = Say(Bob, "Once", key: "key");
        await held.Reached;
        var repeats = Enumerable.Range(0, 100).Select(i => Submit(Bob, Den, Post("Once", "key"), edge: i % 2)).ToList();
        held.Release();
        Assert.All(await Task.WhenAll(repeats), repeat => Assert.Equal(first.Result, Value(repeat)));
        Assert.Single(await History());
    }

    [Fact]
    public async Task The_same_key_among_posts_of_others_stores_only_theirs()
    {
        var first = await Say(Bob, "Once", key: "key");
        var held = Storage.HoldNextAppend(Den);
        var before = Say(Ada, "Before");
        await held.Reached;
        var (repeat, after) = (Say(Bob, "Once", key: "key"), Say(Ada, "After"));
        held.Release();
        Assert.Equal(first, await repeat);
        Assert.True((await before).Seq < (await after).Seq);
        Assert.Equal(["Once", "Before", "After"], (await History()).Select(m => m.Text));
    }

    [Fact]
    public async Task The_same_key_after_the_room_came_to_life_again_gives_the_first_receipt()
    {
        var first = await Say(Bob, "Once", key: "key");
        await Reactivate(Den);
        Assert.Equal(first, await Say(Bob, "Once", key: "key"));
    }

    [Fact]
    public async Task The_same_key_with_another_text_gives_the_first_receipt_and_changes_nothing()
    {
        var first = await Say(Bob, "Once", key: "key");
        Assert.Equal(first, await Say(Bob, "Twice", key: "key"));
        Assert.Equal("Once", Assert.Single(await History()).Text);
    }

    [Fact]
    public async Task The_same_key_in_slow_mode_gives_the_first_receipt()
    {
        await Do(Ada, Den, new RoomCommand.Configure(null, null, null, Slow: 60));
        var first = await Say(Bob, "Once", key: "key");
        Assert.Equal(ErrorCode.RateLimited, await Refused(Bob, Den, Post("Twice")));
        Assert.Equal(first, await Say(Bob, "Once", key: "key"));
        await Engine.Pass(TimeSpan.FromSeconds(60));
        await Say(Bob, "Twice");
    }

    [Fact]
    public async Task Slow_mode_outlives_an_activation()
    {
        await Do(Ada, Den, new RoomCommand.Configure(null, null, null, Slow: 60));
        await Say(Bob, "Once");
        await Reactivate(Den);
        Assert.Equal(ErrorCode.RateLimited, await Refused(Bob, Den, Post("Twice")));
    }

    [Fact]
    public async Task The_same_key_gives_the_first_receipt_also_to_who_has_left()
    {
        var first = await Say(Bob, "Once", key: "key");
        await Do(Bob, Den, new RoomCommand.Leave());
        Assert.Equal(first, await Say(Bob, "Once", key: "key"));
        Assert.Equal(ErrorCode.NotMember, await Refused(Bob, Den, Post("Twice")));
    }

    [Fact]
    public async Task The_key_of_a_deleted_post_keeps_working()
    {
        var first = await Say(Bob, "Once", key: "key");
        await Do(Bob, Den, new RoomCommand.Delete(first.Seq));
        Assert.Equal(first, await Say(Bob, "Once", key: "key"));
        Assert.True(Assert.Single(await History()).Deleted);
    }

    [Fact]
    public async Task A_key_is_its_authors_and_its_rooms_own()
    {
        var lair = await NewRoom("lair");
        await Say(Bob, "Bob's", key: "key");
        await Say(Ada, "Ada's", key: "key");
        await Say(Ada, "Ada's in the lair", lair, "key");
        Assert.Equal(["Bob's", "Ada's"], (await History()).Select(m => m.Text));
        Assert.Equal("Ada's in the lair", Assert.Single(await History(lair)).Text);
    }

    [Fact]
    public async Task What_is_refused_is_not_stored()
    {
        var (log, hidden) = (await Log(), await NewRoom("hidden", Visibility.Private));
        Assert.Equal(ErrorCode.NotMember, await Refused(Cleo, Den, Post("Hello?")));
        Assert.Equal(ErrorCode.NotFound, await Refused(Cleo, hidden, Post("Hello?")));
        Assert.Equal(ErrorCode.Forbidden, await Refused(Bob, Den, new RoomCommand.Kick(Ada.Id, null)));
        Assert.Equal(ErrorCode.TooLong, await Refused(Bob, Den, Post(new string('x', 4_001))));
        Assert.Equal(ErrorCode.BadRequest, await Refused(Bob, Den, Post(" ")));
        Assert.Equal(ErrorCode.NotFound, await Refused(Bob, Den, new RoomCommand.Edit(99, "Hello?")));
        Assert.Equal(log, await Log());

        await Do(Ada, Den, new RoomCommand.Ban(Bob.Id, null));
        Assert.Equal(ErrorCode.Banned, await Refused(Bob, Den, Post("Hello?")));
    }

    [Fact]
    public async Task What_is_so_already_is_answered_with_the_head_and_stores_nothing()
    {
        var log = await Log();
        Assert.Equal(log[^1].Seq, (await Do(Bob, Den, new RoomCommand.Join())).Seq);
        Assert.Equal(log, await Log());
    }

    [Fact]
    public async Task Edits_replies_and_mentions_within_one_batch_know_each_other()
    {
        var held = Storage.HoldNextAppend(Den);
        var tea = Say(Ada, "Tea?");
        await held.Reached;
        var next = (await Log())[^1].Seq + 2; // the number after the held one
        Task<Receipt>[] all = [tea, Say(Bob, "Yse"), Do(Bob, Den, new RoomCommand.Edit(next, "Yes")), Do(Bob, Den, new RoomCommand.Delete(next))];
        held.Release();
        await Task.WhenAll(all);
        Assert.Equal(["Tea?", null], (await History()).Select(m => m.Text));
    }
}
