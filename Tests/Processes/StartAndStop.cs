using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>How the server begins and how it ends.</summary>
[Collection(Processes.Name)]
public sealed class StartAndStop
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_start_line_says_where_the_server_is_and_where_its_file()
    {
        await using var gateway = await GatewayProcess.Start(("Chat:Storage", "sqlite:there/chat.db"));
        var line = Assert.Single(gateway.Output, line => line.StartsWith("OrleansChat is at ", StringComparison.Ordinal));
        Assert.Contains($"http://127.0.0.1:{gateway.Port}", line);
        Assert.EndsWith(Path.Combine(Path.GetDirectoryName(gateway.File)!, "there", "chat.db"), line);
    }

    [Fact]
    public async Task The_administrators_password_is_told_once_and_signs_in()
    {
        await using var gateway = await GatewayProcess.Start();
        var line = Assert.Single(gateway.Output, line => line.Contains("password", StringComparison.Ordinal));
        var password = line.Split(' ').Single(word => word.Length == 24);
        await gateway.Terminate();
        await gateway.Begin();
        Assert.Single(gateway.Output, line => line.Contains("password", StringComparison.Ordinal));

        await using var admin = await ChatClient.Connect(gateway.Socket, new SignIn.Account("admin", password));
        await (await admin.Live()).Watch();
    }

    [Fact]
    public async Task A_server_that_is_stopped_under_load_says_goodbye_and_keeps_what_it_answered()
    {
        await using var gateway = await GatewayProcess.Start(("Chat:Limits:Enabled", "false"));
        await using var crowd = await Crowd.Gather(gateway.Socket, people: 20, rooms: 5);
        var witnesses = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Witness(gateway)));
        crowd.StartTalking();
        await crowd.Answer(300);

        Assert.Equal(0, await gateway.Terminate());
        foreach (var (connection, heardBye) in witnesses)
        {
            Assert.Equal(1012, (await connection.Closed.WaitAsync(Soon)).Code);
            Assert.True(heardBye());
            await connection.DisposeAsync();
        }

        await gateway.Begin();
        await crowd.Answer(300);
        await crowd.Settle();
        await crowd.Check(gateway.Storage);
        Assert.DoesNotContain(gateway.Output, line => line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal));
    }

    private static async Task<(ChatConnection Connection, Func<bool> HeardBye)> Witness(GatewayProcess gateway)
    {
        var heard = false;
        var connection = await gateway.Connect(push => heard |= push is ChatPush.Bye);
        await connection.Hello(guest: "Witness");
        await connection.Join("room-1");
        return (connection, () => heard);
    }

    [Fact]
    public async Task A_connection_that_says_nothing_does_not_hold_up_the_stop()
    {
        await using var gateway = await GatewayProcess.Start();
        await using var silent = await gateway.Connect();
        Assert.Equal(0, await gateway.Terminate());
        Assert.Equal(1012, (await silent.Closed.WaitAsync(Soon)).Code);
    }

    public static TheoryData<string, string, string> BadSettings => new()
    {
        { "Chat:Storage", "mysql:somewhere", "Chat:Storage" },
        { "Chat:Storage", "sqlite:/proc/nowhere/chat.db", "Chat:Storage" },
        { "Chat:Storage", "postgres:nonsense", "Chat:Storage" },
        { "Chat:Limits:Frame", "12", "Chat:Limits:Frame" },
        { "Chat:Limits:Frame", "many", "Chat:Limits:Frame" },
        { "urls", "http://127.0.0.1:99999", "http://127.0.0.1:99999" },
        { "urls", "nonsense", "nonsense" },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public async Task A_setting_that_cannot_be_is_one_clear_sentence(string key, string value, string named)
    {
        await using var gateway = GatewayProcess.NotStarted((key, value));
        Assert.Contains(named, await Refused(gateway));
    }

    /// <summary>It ends with 1 and says why, in one line and without a stack trace.</summary>
    private static async Task<string> Refused(GatewayProcess gateway)
    {
        Assert.Equal(1, await gateway.RunToEnd());
        Assert.DoesNotContain(gateway.Output, line => line.Contains("   at ", StringComparison.Ordinal));
        var line = Assert.Single(gateway.Errors, line => line.Length > 0);
        Assert.StartsWith("OrleansChat cannot start: ", line);
        return line;
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        await using var gateway = GatewayProcess.NotStarted();
        var letter = string.Concat(Enumerable.Repeat("Dear Bob, this is a letter and not a database.\n", 200));
        await File.WriteAllTextAsync(gateway.File, letter);
        Assert.Contains(gateway.File, await Refused(gateway));
        Assert.Equal(letter, await File.ReadAllTextAsync(gateway.File));
    }

    [Fact]
    public async Task A_schema_of_a_newer_program_is_left_alone()
    {
        await using var gateway = await GatewayProcess.Start();
        await gateway.Terminate();
        await using (var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={gateway.File};Pooling=false"))
        {
            await database.OpenAsync();
            await using var newer = database.CreateCommand();
            newer.CommandText = "INSERT INTO migration (number, title) VALUES (9999, 'from the future')";
            await newer.ExecuteNonQueryAsync();
        }

        Assert.Contains("9999", await Refused(gateway));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_clear_sentence()
    {
        await using var first = await GatewayProcess.Start();
        await using var second = GatewayProcess.NotStarted(("urls", $"http://127.0.0.1:{first.Port}"));
        Assert.Contains($"{first.Port}", await Refused(second));
        Assert.True(await first.IsReady());
    }
}
