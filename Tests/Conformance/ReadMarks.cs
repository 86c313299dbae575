using OrleansChat.Engine;
using OrleansChat.Rooms;

namespace OrleansChat.Tests.Conformance;

public abstract class ReadMarks(Func<Task<EngineUnderTest>> start) : Conformance(start)
{
    [Fact]
    public async Task A_read_mark_moves_only_forward_and_is_told_when_it_moves()
    {
        await Say(Ada, "One");
        await Say(Ada, "Two");
        await using var listener = await Listen();
        foreach (var seq in new[] { 3, 4, 4, 3, 0, -1 }) await Reads(Bob, seq);
        var (_, others) = await listener.NewsUpTo((await Say(Ada, "Three")).Seq);
        Assert.Equal([new RoomNews.Read(Bob.Id, 3), new RoomNews.Read(Bob.Id, 4)], others.OfType<RoomNews.Read>());
        Assert.Equal(4, await MarkOf(Bob));
    }

    [Fact]
    public async Task Many_marks_at_once_are_all_kept()
    {
        var people = await People(50);
        await Task.WhenAll(people.Select(person => Do(person, Den, new RoomCommand.Join())));
        var posts = await Task.WhenAll(people.Select(person => Say(person, "Hello")));
        await Task.WhenAll(people.SelectMany((person, i) => posts.Take(i + 1).Select(post => Reads(person, post.Seq))));
        for (var i = 0; i < people.Count; i++) Assert.Equal(posts[i].Seq, await MarkOf(people[i]));
    }

    [Fact]
    public async Task Nobody_has_read_further_than_the_head()
    {
        var head = (await Log())[^1].Seq;
        await Reads(Bob, long.MaxValue);
        Assert.Equal(head, await MarkOf(Bob));
        await Reads(Bob, (await Say(Ada, "New")).Seq);
        Assert.Equal(head + 1, await MarkOf(Bob));
    }

    [Fact]
    public async Task A_read_mark_outlives_an_activation_and_still_never_moves_back()
    {
        var seq = (await Say(Ada, "One")).Seq;
        await Reads(Bob, seq);
        await Reactivate(Den);
        await Reads(Bob, seq - 1);
        Assert.Equal(seq, await MarkOf(Bob));
    }

    [Fact]
    public async Task Marks_that_come_at_once_are_told_in_ascending_order()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Say(Ada, $"Number {i}")));
        var head = (await Log())[^1].Seq;
        await using var listener = await Listen();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Reads(Bob, head - ((i * 7) % 20))));
        var (_, others) = await listener.NewsUpTo((await Say(Ada, "And?")).Seq);
        var told = others.OfType<RoomNews.Read>().Select(read => read.Seq).ToList();
        Assert.Equal(told.Order(), told);
        Assert.Equal(head, told[^1]);
        Assert.Equal(head, await MarkOf(Bob));
    }

    [Fact]
    public async Task Who_comes_back_begins_where_they_came_back()
    {
        await Reads(Bob, (await Say(Ada, "One")).Seq);
        await Do(Bob, Den, new RoomCommand.Leave());
        await Say(Ada, "Two");
        var back = await Do(Bob, Den, new RoomCommand.Join());
        await using var listener = await Listen();
        await Reads(Bob, back.Seq - 1);
        var (_, others) = await listener.NewsUpTo((await Say(Ada, "Welcome back")).Seq);
        Assert.Empty(others.OfType<RoomNews.Read>());
        Assert.Equal(back.Seq, await MarkOf(Bob));
    }

    [Fact]
    public async Task What_others_said_after_it_is_unread_and_says_who_was_meant()
    {
        await Say(Ada, "One");
        await Reads(Bob, (await Say(Ada, "Two")).Seq);
        await Say(Ada, $"Three, @{Bob.Id}");
        await Say(Bob, "Four");
        var gone = await Say(Ada, "Five");
        await Do(Ada, Den, new RoomCommand.Delete(gone.Seq));
        var entry = await Storage.RoomOf(Bob.Id, Den);
        Assert.Equal((1, 1), (entry?.Unread, entry?.Mentions));
    }

    [Fact]
    public async Task Only_members_have_one()
    {
        var hidden = await NewRoom("hidden", Visibility.Private);
        Assert.Equal(ErrorCode.NotMember, (await Chat.Room(Den).MarkRead(Cleo, 1)).Refusal?.Code);
        Assert.Equal(ErrorCode.NotFound, (await Chat.Room(hidden).MarkRead(Cleo, 1)).Refusal?.Code);
    }

    private async Task Reads(Actor who, long seq) => Value(await Chat.Room(Den).MarkRead(who, seq).WaitAsync(Patience));

    private async Task<long?> MarkOf(Actor who) => (await Storage.RoomOf(who.Id, Den))?.Read;
}
