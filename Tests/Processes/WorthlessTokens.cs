using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>Tokens that are forged, foreign, old or revoked.</summary>
[Collection(Processes.Name)]
public sealed class WorthlessTokens(GuardedGateway guarded) : IClassFixture<GuardedGateway>
{
    private readonly GatewayProcess gateway = guarded.Process;

    [Fact]
    public Task A_forged_token_is_worth_nothing() => Bystanders.Undisturbed(gateway, async () =>
    {
        string token;
        await using (var ada = await Stranger.Enter(gateway, "Ada")) token = ada.Welcome.Token!;
        await using (var again = await Stranger.Enter(gateway, token: token)) Assert.Equal("Ada", again.Welcome.User.Name);
        var middle = token.Length / 2;
        string[] forged =
        [
            "", " ", "admin", token[..^1], token[1..], token + "A", token.ToUpperInvariant(), token[..middle],
            token[..middle] + (token[middle] == 'A' ? 'B' : 'A') + token[(middle + 1)..], new string('A', 60_000), "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.",
        ];
        foreach (var bad in forged) await IsRefused(gateway, bad);
    });

    /// <summary>The answer says so, and the connection closes with 4003.</summary>
    private static async Task IsRefused(GatewayProcess gateway, string token)
    {
        await using var eve = await Stranger.Knock(gateway);
        var hello = eve.Connection.Hello(token).WaitAsync(Stranger.Soon);
        await hello.ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.False(hello.IsCompletedSuccessfully, $"It was taken: {token}");
        var refused = await Assert.ThrowsAsync<ChatException>(() => hello);
        Assert.Equal("unauthenticated", refused.Code);
        Assert.Equal(4003, await eve.Closed());
    }

    [Fact]
    public async Task A_token_of_another_server_is_worth_nothing()
    {
        await using var other = await GatewayProcess.Start();
        await using var ada = await Stranger.Enter(other, "Ada");
        await IsRefused(gateway, ada.Welcome.Token!);
    }

    [Fact]
    public async Task A_token_that_has_run_out_is_worth_nothing()
    {
        await using var shortLived = await GatewayProcess.Start(("Chat:SessionLifetime", "00:00:02"));
        await using var ada = await Stranger.Enter(shortLived, "Ada");
        var token = ada.Welcome.Token!;
        using var patience = new CancellationTokenSource(Stranger.Soon);
        while (await IsWelcome()) await Task.Delay(100, patience.Token);
        await IsRefused(shortLived, token);

        async Task<bool> IsWelcome()
        {
            await using var again = await Stranger.Knock(shortLived);
            try
            {
                return await again.Connection.Hello(token, cancel: patience.Token) is not null;
            }
            catch (ChatException)
            {
                return false;
            }
        }
    }

    [Fact]
    public Task A_token_that_was_signed_out_is_worth_nothing_and_ends_what_it_opened() => Bystanders.Undisturbed(gateway, async () =>
    {
        using var http = new HttpClient { BaseAddress = gateway.Address };
        var accounts = new ChatAccounts(http);
        await accounts.Register("mallory", "Mallory", "a password");
        var token = (await accounts.Login("mallory", "a password")).Token;
        await using var mallory = await Stranger.Enter(gateway, token: token);
        await accounts.Logout(token);
        Assert.Equal(4010, await mallory.Closed());
        await IsRefused(gateway, token);
    });
}
