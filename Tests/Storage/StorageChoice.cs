using OrleansChat.Storage;
using OrleansChat.Storage.Memory;
using OrleansChat.Storage.Postgres;
using OrleansChat.Storage.Sqlite;

namespace OrleansChat.Tests.Storage;

public sealed class StorageChoice
{
    [Fact]
    public void One_string_chooses_the_storage()
    {
        Assert.IsType<SqliteStorage>(Storages.Create("sqlite:chat.db"));
        Assert.IsType<PostgresStorage>(Storages.Create("postgres:Host=localhost;Database=chat"));
        Assert.IsType<MemoryStorage>(Storages.Create("memory:"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("chat.db")]
    [InlineData("sqlite:")]
    [InlineData("postgres: ")]
    [InlineData("postgres:hunter2")]
    [InlineData("postgres:Host=localhost;Pasword=hunter2")]
    [InlineData("postgres:Host=localhost;Port=hunter2")]
    [InlineData("postgres:Database=chat;Password=hunter2")]
    [InlineData("mysql:hunter2")]
    [InlineData("memory")]
    public void What_chooses_none_is_told_with_the_key_and_the_remedy_and_no_secret(string? configured)
    {
        var told = Assert.Throws<StorageConfigurationException>(() => Storages.Create(configured));
        Assert.Contains("Chat:Storage", told.Message, StringComparison.Ordinal);
        Assert.Contains("postgres:", told.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", told.ToString(), StringComparison.Ordinal);
    }
}
