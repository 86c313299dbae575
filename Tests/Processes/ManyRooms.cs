namespace OrleansChat.Tests.Processes;

/// <summary>A user who makes thousands of rooms (ten with CHAT_LONG=1), where nothing keeps them from it.</summary>
[Collection(Processes.Name)]
public sealed class ManyRooms(ITestOutputHelper output)
{
    private static readonly int Count = Run.Long ? 10_000 : 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Thousands_of_rooms_of_one_user_are_borne()
    {
        await using var gateway = await GatewayProcess.Start(("Chat:Limits:Enabled", "false"));
        await Bystanders.Undisturbed(gateway, async () =>
        {
            await using var eve = await gateway.Connect(_ => { });
            var token = (await eve.Hello(guest: "Eve")).Token;
            await Task.WhenAll(Enumerable.Range(0, Count).Select(i => eve.Create($"room-{i}"))).WaitAsync(Patience);
            output.WriteLine($"{Count} rooms: {gateway.Reading}");
            await using var again = await gateway.Connect(_ => { });
            Assert.Equal(Count, (await again.Hello(token)).Rooms.Count);
            Assert.Equal(2, (await again.Post($"room-{Count - 1}", "Hello")).Seq);
            output.WriteLine($"and back again: {gateway.Reading}");
        });
    }
}
