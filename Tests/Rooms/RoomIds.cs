using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Tests.Rooms;

public sealed class RoomIds
{
    [Theory]
    [InlineData("lobby")]
    [InlineData("a")]
    [InlineData("0-day")]
    [InlineData("dm:ada+bob")]
    public void A_room_id_reads_back(string id) => Assert.Equal(id, RoomId.Parse(id).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("Lobby")]
    [InlineData("lobby\n")]
    [InlineData("lob\u200bby")]
    [InlineData("\u202elobby")]
    [InlineData("dm:bob+ada")]
    [InlineData("dm:ada+ada")]
    [InlineData("dm:ada")]
    [InlineData("dm:ada+bob+cleo")]
    [InlineData("dm:Ada+bob")]
    [InlineData("a+b")]
    [InlineData("a.b")]
    [InlineData("a_b")]
    public void What_is_not_a_room_id_is_refused(string id) => Assert.False(RoomId.TryParse(id, null, out _));

    [Fact]
    public void Two_people_have_one_direct_room()
    {
        var (ada, bob) = (UserId.Parse("ada"), UserId.Parse("bob"));
        Assert.Equal(RoomId.Direct(ada, bob), RoomId.Direct(bob, ada));
        Assert.Equal(ada, RoomId.Direct(ada, bob).PeerOf(bob));
    }

    [Fact]
    public void A_room_id_has_64_letters_at_most()
    {
        Assert.True(RoomId.TryParse(new string('a', 64), null, out _));
        Assert.False(RoomId.TryParse(new string('a', 65), null, out _));
    }

    [Fact]
    public void The_longest_names_have_a_direct_room_and_a_third_person_no_peer_in_it()
    {
        var (long1, long2) = (UserId.Parse(new string('x', 32)), UserId.Parse(new string('y', 32)));
        var room = RoomId.Parse($"dm:{long1}+{long2}");
        Assert.Equal(RoomId.Direct(long2, long1), room);
        Assert.Null(room.PeerOf(UserId.Parse("ada")));
        Assert.Null(RoomId.Lobby.PeerOf(long1));
    }
}
