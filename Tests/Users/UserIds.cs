using OrleansChat.Users;

namespace OrleansChat.Tests.Users;

public sealed class UserIds
{
    [Theory]
    [InlineData("ada")]
    [InlineData("a1")]
    [InlineData("0.x_y-z")]
    [InlineData("guest-abc")]
    [InlineData("a2345678901234567890123456789012")]
    public void A_user_id_reads_back(string id) => Assert.Equal(id, UserId.Parse(id).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a23456789012345678901234567890123")]
    [InlineData("Ada")]
    [InlineData(".ada")]
    [InlineData("-ada")]
    [InlineData("_ada")]
    [InlineData("ada\n")]
    [InlineData("ada bob")]
    [InlineData("ada+bob")]
    [InlineData("adá")]
    [InlineData("аda")] // the first letter is Cyrillic
    [InlineData("ada\u200b")]
    [InlineData("\u202eada")]
    public void What_is_not_a_user_id_is_refused(string? id) => Assert.False(UserId.TryParse(id, null, out _));

    [Fact]
    public void A_guests_id_has_80_random_bits()
    {
        var guests = Enumerable.Range(0, 2_000).Select(_ => UserId.NewGuest()).ToList();
        Assert.All(guests, guest => Assert.True(guest.IsGuest && UserId.TryParse(guest.Value, null, out _)));
        Assert.Equal(guests.Count, guests.Distinct().Count());

        // 16 letters, each of 32 that all come up in every place: 5 bits a letter.
        var letters = guests.Select(guest => guest.Value["guest-".Length..]).ToList();
        Assert.All(letters, word => Assert.Equal(16, word.Length));
        Assert.All(Enumerable.Range(0, 16), place => Assert.Equal(32, letters.Select(word => word[place]).Distinct().Count()));
    }

    [Fact]
    public void Only_a_guests_id_is_one()
    {
        Assert.True(UserId.Parse("guest-ada").IsGuest);
        Assert.False(UserId.Parse("guest").IsGuest);
        Assert.False(UserId.Parse("guests-ada").IsGuest);
    }
}
