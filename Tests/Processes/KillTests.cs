using System.Net;
using OrleansChat.Client;
using OrleansChat.Tests.Storage;

namespace OrleansChat.Tests.Processes;

/// <summary>
/// Processes that are killed in the middle of their work, over one database: what was answered stays, once each and in
/// one order for all. Longer: <c>CHAT_KILLS=20 dotnet test Tests --filter Kill</c>.
/// </summary>
[Collection(Processes.Name)]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int People = 50;
    private const int Rooms = 20;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly Random random = new(Run.Seed.GetHashCode());

    [Fact]
    public async Task A_killed_server_loses_and_doubles_nothing()
    {
        await using var gateway = await Start();
        await KillAgainAndAgain(gateway);
    }

    [Fact]
    public async Task A_killed_server_on_PostgreSQL_loses_and_doubles_nothing()
    {
        await using var postgres = await PostgresServer.StartNew();
        await using var gateway = await Start(("Chat:Storage", $"postgres:{await postgres.NewDatabase()}"));
        await KillAgainAndAgain(gateway);
    }

    private static Task<GatewayProcess> Start(params (string Key, string Value)[] settings) =>
        GatewayProcess.Start([.. settings, ("Chat:Limits:Enabled", "false")]);

    private async Task KillAgainAndAgain(GatewayProcess gateway)
    {
        output.WriteLine($"CHAT_SEED={Run.Seed} CHAT_KILLS={Run.Kills}");
        await using var crowd = await Crowd.Gather(gateway.Socket, People, Rooms);
        crowd.StartTalking();
        for (var i = 0; i < Run.Kills; i++)
        {
            // At times long before all clients are back, at times under full load.
            await crowd.Answer(random.Next(3) == 0 ? random.Next(50) : random.Next(200, 1_500));
            await gateway.Kill();
            output.WriteLine($"Killed after {crowd.Answers} answers.");
            await gateway.Begin();
        }

        await crowd.Answer(500);
        await crowd.Settle();
        await crowd.Check(gateway.Storage);
        output.WriteLine($"{crowd.Answers} posts were answered. {gateway.Reading}");
    }
    [Fact]
    public async Task A_killed_PostgreSQL_is_waited_for_and_nothing_is_lost_or_doubled()
    {
        output.WriteLine($"CHAT_SEED={Run.Seed} CHAT_KILLS={Run.Kills}");
        await using var postgres = await PostgresServer.StartNew();
        await using var gateway = await Start(("Chat:Storage", $"postgres:{await postgres.NewDatabase()}"));
        await using var crowd = await Crowd.Gather(gateway.Socket, People, Rooms);
        await using var witness = await gateway.Connect();
        await witness.Hello(guest: "Witness");
        await witness.Join("lobby");
        crowd.StartTalking();
        for (var i = 0; i < Run.Kills; i++)
        {
            await crowd.Answer(random.Next(1_500));
            postgres.Kill();
            output.WriteLine($"Killed after {crowd.Answers} answers.");
            await Until(async () => await gateway.Ask("/health/ready") is HttpStatusCode.ServiceUnavailable);
            Assert.Equal(HttpStatusCode.OK, await gateway.Ask("/health/live"));
            var refused = await Assert.ThrowsAsync<ChatException>(() => witness.Post("lobby", "Is anybody there?").WaitAsync(Soon));
            Assert.Equal("unavailable", refused.Code);
            await postgres.Start();
            await Until(gateway.IsReady);
            await crowd.Answer(200);
        }

        // The connections of before are good again, and the server is the same.
        await witness.Post("lobby", "There you are.").WaitAsync(Soon);
        await crowd.Settle();
        await crowd.Check(gateway.Storage);
        output.WriteLine($"{crowd.Answers} posts were answered. {gateway.Reading}");
    }

    private static async Task Until(Func<Task<bool>> seen)
    {
        using var patience = new CancellationTokenSource(Soon);
        while (!await seen()) await Task.Delay(50, patience.Token);
    }
}
