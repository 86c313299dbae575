using OrleansChat.Rooms;
using static OrleansChat.Tests.Rooms.Scene;

namespace OrleansChat.Tests.Rooms;

public sealed class SlowMode
{
    private readonly Scene _room = AdasRoom(Bob, Cleo, Root);

    public SlowMode()
    {
        _room.GivesRole(Ada, Cleo, Role.Moderator);
        _room.Happens(Ada, new RoomCommand.Configure(null, null, null, 10));
    }

    public static TheoryData<string> Everybody => ["ada", "bob", "cleo", "root"];

    [Theory]
    [MemberData(nameof(Everybody))]
    public void It_is_for_everybody(string name)
    {
        var who = name == "root" ? Root : Person(name);
        _room.Says(who, "One");
        Assert.Equal(ErrorCode.RateLimited, _room.Refused(who, _room.Post("Two")).Code);
    }

    [Fact]
    public void One_does_not_wait_for_another()
    {
        _room.Says(Ada, "One");
        _room.Says(Bob, "Two");
    }

    [Fact]
    public void It_counts_from_when_it_was_set()
    {
        _room.Happens(Ada, new RoomCommand.Configure(null, null, null, 0));
        _room.Says(Bob, "Before");
        _room.Happens(Ada, new RoomCommand.Configure(null, null, null, 10));
        _room.Says(Bob, "One");
        Assert.Equal(ErrorCode.RateLimited, _room.Refused(Bob, _room.Post("Two")).Code);
    }

    [Fact]
    public void It_ends_exactly_when_the_seconds_are_over()
    {
        _room.Says(Bob, "One");
        _room.Now = Noon.AddSeconds(10).AddTicks(-1);
        Assert.Equal(ErrorCode.RateLimited, _room.Refused(Bob, _room.Post("Two")).Code);
        _room.Now = Noon.AddSeconds(10);
        _room.Says(Bob, "Two");
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(2_500, 7.5)]
    [InlineData(8_996, 1.01)] // rounded down, the repeat would come too early
    [InlineData(9_999, 0.05)]
    public void The_refusal_says_when_to_come_back(int millisecondsLater, double retryAfter)
    {
        _room.Says(Bob, "One");
        _room.Now = Noon.AddMilliseconds(millisecondsLater);
        Assert.Equal(retryAfter, _room.Refused(Bob, _room.Post("Two")).RetryAfter);
    }

    [Fact]
    public void Editing_deleting_and_reacting_are_free()
    {
        var seq = _room.Says(Bob, "One");
        _room.Happens(Bob, new RoomCommand.Edit(seq, "Two"));
        _room.Happens(Bob, new RoomCommand.React(seq, "👍", true));
        _room.Happens(Bob, new RoomCommand.Delete(seq));
    }

    [Fact]
    public void Deleting_the_last_post_does_not_shorten_the_wait()
    {
        _room.Happens(Bob, new RoomCommand.Delete(_room.Says(Bob, "One")));
        Assert.Equal(ErrorCode.RateLimited, _room.Refused(Bob, _room.Post("Two")).Code);
    }

    [Fact]
    public void Switching_it_off_ends_the_wait()
    {
        _room.Says(Bob, "One");
        _room.Happens(Ada, new RoomCommand.Configure(null, null, null, 0));
        _room.Says(Bob, "Two");
    }

    [Theory]
    [InlineData(-1, "bad_request")]
    [InlineData(3_600, "ok")]
    [InlineData(3_601, "bad_request")]
    public void It_is_an_hour_at_most(int seconds, string expected) =>
        Assert.Equal(expected, Word(_room.Decide(Ada, new RoomCommand.Configure(null, null, null, seconds))));
}
