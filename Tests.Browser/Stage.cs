using System.Text.Json;
using OrleansChat.Client;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// A furnished server for looking at the page: some of its people are here, others away. Nobody who looks changes it.
/// </summary>
public sealed class Stage : IAsyncDisposable
{
    private static readonly string[] Here = ["joan", "bob", "layla"];

    private readonly List<ChatClient> people = [];
    private readonly Dictionary<string, string> sessions = [];

    private Stage(ChatServer server) => Server = server;

    public ChatServer Server { get; }

    public static async Task<Stage> Furnish(House house)
    {
        var stage = new Stage(await house.NewServer(StagePast.Write));
        foreach (var user in Here)
        {
            stage.people.Add(await ChatClient.Connect(stage.Server.Socket, new SignIn.Account(user, StagePast.Password)));
        }

        await stage.SignIn("ada", "Ada Lovelace", StagePast.Password);
        await stage.SignIn("admin", "admin", stage.Server.AdminPassword);
        return stage;
    }

    private async Task SignIn(string user, string name, string password)
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        var token = (await new ChatAccounts(http).Login(user, password)).Token;
        sessions[user] = JsonSerializer.Serialize(new { token, name, guest = false });
    }

    /// <summary>The person's browser remembers who they are, and the server never hears what they have read.</summary>
    public async Task Admit(Person person, string user)
    {
        await person.Page.AddInitScriptAsync(
            $"try {{ localStorage.setItem('orleanschat.session', {JsonSerializer.Serialize(sessions[user])}); }} catch {{ /* a page without a place */ }}");
        await person.Page.RouteWebSocketAsync("**/ws", socket =>
        {
            var server = socket.ConnectToServer();
            socket.OnMessage(frame =>
            {
                if (frame.Text?.Contains("\"op\":\"read\"", StringComparison.Ordinal) != true) server.Send(frame.Text!);
            });
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in people) await person.DisposeAsync();
    }
}
