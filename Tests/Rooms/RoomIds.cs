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
    public void What_is_not_a_room_id_is_refused(string id) => Assert.False(RoomId.TryParse(id, null, out _));

    [Fact]
    public void Two_people_have_one_direct_room()
    {
        var (ada, bob) = (UserId.Parse("ada"), UserId.Parse("bob"));
        Assert.Equal(RoomId.Direct(ada, bob), RoomId.Direct(bob, ada));
        Assert.Equal(ada, RoomId.Direct(ada, bob).PeerOf(bob));
    }
}
