using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Storage;

public sealed class SqliteAccounts() : AccountsContract(new SqlitePlace());

public sealed class PostgresAccounts() : AccountsContract(new PostgresPlace());

public sealed class MemoryAccounts() : AccountsContract(new MemoryPlace());

public abstract class AccountsContract(Place place) : StorageContract(place)
{
    [Fact]
    public async Task An_account_reads_back()
    {
        var account = new Account(Ada, "Ada Lovelace", "hash", true, Noon, Noon.AddMinutes(1));
        var guest = new Account(Bob, "Bob", null, false, Noon, Noon);
        Assert.True(await Storage.AddAccount(account));
        Assert.True(await Storage.AddAccount(guest));
        Assert.Equal(account, await Storage.FindAccount(Ada));
        Assert.Equal(guest, await Storage.FindAccount(Bob));
        Assert.Null(await Storage.FindAccount(Cleo));
        Assert.Equal(
            new Dictionary<UserId, Profile> { [Ada] = new("Ada Lovelace", Noon.AddMinutes(1)), [Bob] = new("Bob", Noon) },
            await Storage.Profiles([Ada, Bob, Cleo]));
    }

    [Fact]
    public async Task An_id_is_given_once()
    {
        await AddAccount(Ada, "the first");
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Storage.AddAccount(new(Bob, $"{i}", null, false, Noon, Noon))));
        Assert.Single(added, once => once);
        Assert.False(await Storage.AddAccount(new(Ada, "the second", null, false, Noon, Noon)));
        Assert.Equal("the first", (await Storage.FindAccount(Ada))?.Name);
    }

    [Fact]
    public async Task A_removed_person_is_gone_and_their_id_never_free()
    {
        await AddAccount(Ada);
        var session = new Session(SessionId.New(), Ada, Noon.AddDays(1));
        await Storage.AddSession(session);
        await Storage.SetBlock(Ada, Bob, true);
        await Storage.RemoveAccount(Ada);

        Assert.Null(await Storage.FindAccount(Ada));
        Assert.Empty(await Storage.Profiles([Ada]));
        Assert.Empty(await Storage.People([Ada]));
        Assert.Null(await Storage.FindSession(session.Id, Noon));
        Assert.Empty(await Storage.BlockedBy(Ada));
        Assert.False(await Storage.AddAccount(new(Ada, "again", null, false, Noon, Noon)));
        await Storage.SetPassword(Ada, "new");
        await Storage.SaveActivity(new Dictionary<UserId, DateTimeOffset> { [Ada] = Noon });
        Assert.Null(await Storage.FindAccount(Ada));
        await Storage.RemoveAccount(Cleo); // nobody
    }

    [Fact]
    public async Task A_password_changes()
    {
        await AddAccount(Ada);
        await Storage.SetPassword(Ada, "another");
        Assert.Equal("another", (await Storage.FindAccount(Ada))?.PasswordHash);
    }

    [Fact]
    public async Task Activity_only_moves_forward()
    {
        await AddAccount(Ada);
        await AddAccount(Bob);
        await Storage.SaveActivity(new Dictionary<UserId, DateTimeOffset> { [Ada] = Noon.AddSeconds(5), [Bob] = Noon.AddSeconds(-5), [Cleo] = Noon });
        Assert.Equal(Noon.AddSeconds(5), (await Storage.FindAccount(Ada))?.LastActive);
        Assert.Equal(Noon, (await Storage.FindAccount(Bob))?.LastActive);
    }

    [Fact]
    public async Task An_administrator_is_known()
    {
        await AddAccount(Ada);
        Assert.False(await Storage.HasAdministrator());
        await Storage.AddAccount(new(Bob, "Bob", "hash", true, Noon, Noon));
        Assert.True(await Storage.HasAdministrator());
        await Storage.RemoveAccount(Bob);
        Assert.False(await Storage.HasAdministrator());
    }

    [Fact]
    public async Task A_session_lives_until_it_ends_or_is_over()
    {
        await AddAccount(Ada);
        var (one, two) = (new Session(SessionId.New(), Ada, Noon.AddHours(1)), new Session(SessionId.New(), Ada, Noon.AddHours(2)));
        await Storage.AddSession(one);
        await Storage.AddSession(two);
        Assert.Equal((one, (await Storage.FindAccount(Ada))!), (await Storage.FindSession(one.Id, Noon))!.Value);
        Assert.Null(await Storage.FindSession(one.Id, Noon.AddHours(1)));
        Assert.Null(await Storage.FindSession(SessionId.New(), Noon));

        await Storage.SweepSessions(Noon.AddHours(1.5));
        Assert.Null(await Storage.FindSession(one.Id, Noon));
        Assert.NotNull(await Storage.FindSession(two.Id, Noon));
        await Storage.EndSession(two.Id);
        Assert.Null(await Storage.FindSession(two.Id, Noon));
        await Storage.EndSession(two.Id);
    }

    [Fact]
    public async Task Blocks_are_set_and_lifted()
    {
        await Storage.SetBlock(Ada, Bob, true);
        await Storage.SetBlock(Ada, Bob, true);
        await Storage.SetBlock(Ada, Cleo, true);
        Assert.Equal([Bob, Cleo], (await Storage.BlockedBy(Ada)).OrderBy(u => u.Value));
        Assert.Empty(await Storage.BlockedBy(Bob));
        await Storage.SetBlock(Ada, Bob, false);
        await Storage.SetBlock(Ada, Bob, false);
        Assert.Equal([Cleo], await Storage.BlockedBy(Ada));
    }

    [Fact]
    public async Task The_key_ring_keeps_its_keys()
    {
        Assert.Empty(await Storage.ReadKeys());
        await Storage.AddKey("one", "<key>1</key>");
        await Storage.AddKey("two", "<key>2</key>");
        Assert.Equal(["<key>1</key>", "<key>2</key>"], await Storage.ReadKeys());
    }

    [Fact]
    public async Task What_people_write_is_never_sql()
    {
        const string Nasty = "Robert'); DROP TABLE account; -- {0} $1 ?1 \\ \" %";
        await AddAccount(Ada, Nasty);
        Assert.Equal(Nasty, (await Storage.FindAccount(Ada))?.Name);
    }

    [Fact]
    public async Task It_answers_a_ping()
    {
        await Storage.Ping();
        Assert.NotEmpty(Storage.Description);
    }
}
