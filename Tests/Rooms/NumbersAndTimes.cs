using OrleansChat.Rooms;
using static OrleansChat.Tests.Rooms.Scene;

namespace OrleansChat.Tests.Rooms;

public sealed class NumbersAndTimes
{
    [Fact]
    public void Numbers_go_on_from_one_without_a_hole_also_within_one_decision()
    {
        var room = AdasRoom(Bob);
        room.Says(Bob, "Hello");
        room.Happens(Ada, new RoomCommand.Leave()); // and Bob becomes owner
        Assert.Equal([1, 2, 3, 4, 5], room.Log.Select(e => e.Seq));
        Assert.Equal(5, room.Room.Head);
    }

    [Fact]
    public void All_events_of_a_decision_have_one_author_and_one_time()
    {
        var events = AdasRoom(Bob).Happens(Ada, new RoomCommand.Leave());
        Assert.Equal([(Ada.Id, Noon), (Ada.Id, Noon)], events.Select(e => (e.By, e.At)));
    }

    [Fact]
    public void Times_are_whole_milliseconds()
    {
        var room = AdasRoom();
        room.Now = Noon.AddMilliseconds(7).AddTicks(9_999);
        room.Says(Ada, "Hello");
        Assert.Equal(Noon.AddMilliseconds(7), room.Log[^1].At);
    }

    [Fact]
    public void Times_never_go_back_even_if_the_clock_does()
    {
        var room = AdasRoom();
        room.Now = Noon.AddHours(-1);
        room.Says(Ada, "Summer time is over");
        Assert.Equal(Noon, room.Log[^1].At);
        room.Now = Noon.AddMilliseconds(1);
        room.Says(Ada, "Noon again");
        Assert.Equal(Noon.AddMilliseconds(1), room.Log[^1].At);
    }

    [Fact]
    public void Times_are_in_utc()
    {
        var room = AdasRoom();
        room.Now = new DateTimeOffset(2026, 11, 22, 14, 0, 0, TimeSpan.FromHours(1));
        room.Says(Ada, "One o'clock");
        Assert.Equal(TimeSpan.Zero, room.Log[^1].At.Offset);
    }
}
