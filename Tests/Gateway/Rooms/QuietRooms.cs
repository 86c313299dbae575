using System.Diagnostics;
using OrleansChat.Client;
using OrleansChat.Engine;
using OrleansChat.Gateway.Rooms;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Gateway.Rooms;

/// <summary>Delivery may fail, and the numbers repair it, also where no number follows.</summary>
public sealed class QuietRooms
{
    [Fact]
    public async Task The_last_event_of_a_quiet_room_arrives_within_five_seconds_though_its_news_was_lost()
    {
        await using var server = await LossyFeed.Start();
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        server.Get<LossyFeed>().Loses = news => news is RoomNews.Happened;
        var seq = await ada.Say(room, "Does anybody hear me?");
        var began = Stopwatch.GetTimestamp();
        Assert.Equal("Does anybody hear me?", (await bob.EventsUpTo(room, seq))[^1].Text);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_room_that_was_destroyed_is_gone_for_its_members_though_the_news_was_lost()
    {
        await using var server = await LossyFeed.Start();
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var (room, other) = (await ada.NewRoom(), await ada.NewRoom());
        foreach (var place in new[] { room, other }) await bob.Join(place);
        server.Get<LossyFeed>().Loses = news => news is RoomNews.Gone;
        await ada.Chat.Destroy(room);
        foreach (var member in new[] { ada, bob })
        {
            Assert.Equal(room, (await member.Next<ChatPush.Gone>()).Room);
            Assert.False(server.Get<OpenRooms>().IsSeated(RoomId.Parse(room), UserId.Parse(member.Id)));
        }

        Assert.Equal("Still here", (await bob.EventsUpTo(other, await ada.Say(other, "Still here")))[^1].Text);
        Assert.Single(bob.Seen.OfType<ChatPush.Gone>());
    }

    [Fact]
    public async Task A_hole_is_filled_from_the_log_before_what_comes_after_it()
    {
        await using var server = await LossyFeed.Start();
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        server.Get<LossyFeed>().Loses = news => news is RoomNews.Happened { Events: [RoomEvent.Message { Seq: var seq }, ..] } && seq % 3 != 0;
        long last = 0;
        for (var i = 2; i <= 30; i++) last = await ada.Say(room, $"Number {i}");
        Assert.Equal(Enumerable.Range(2, 29).Select(i => (long)i), (await ada.EventsUpTo(room, last)).Select(e => e.Seq));
    }
}
