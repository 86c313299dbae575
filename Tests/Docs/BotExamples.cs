using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansChat.Tests.Deploy;
using OrleansChat.Tests.Gateway;
using OrleansChat.Tests.Gateway.Hooks;
using ChatClient = OrleansChat.Client.ChatClient;

namespace OrleansChat.Tests.Docs;

/// <summary>The examples of <c>docs/bots.md</c>, taken from the page and run against a server.</summary>
public sealed partial class BotExamples : IAsyncLifetime
{
    private static readonly TimeSpan Compiles = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("chat-bots-");
    private ChatServer server = null!;
    private Person ada = null!;
    private string room = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ChatServer.Start("Chat:Hooks:AllowPrivate=true", "Chat:Hooks:FirstPause=00:00:00.1");
        ada = await server.Enter("ada");
        room = await ada.NewRoom();
    }

    public async ValueTask DisposeAsync()
    {
        await ada.DisposeAsync();
        await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_shell_posts_once_for_each_key_and_reads()
    {
        Packages.Need("/usr/bin/curl", "curl");
        var (_, path) = await server.NewHook(room, ada.Token);
        var (code, said) = await RunningProgram.Run("/bin/sh", ["-euc", await Example("sh")], new Dictionary<string, string>
        {
            ["CHAT"] = Address,
            ["ROOM"] = room,
            ["HOOK"] = Address + path,
            ["TOKEN"] = await Token(ada.Token, "read", "post"),
        });
        Assert.True(code == 0, said);
        Assert.Equal(["The build is green.", "Deployed.", "Hello from a shell"], (await ada.EventsUpTo(room, 5)).Skip(1).Select(e => e.Text));
        Assert.Contains("""
            "text":"The build is green."
            """, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_receiver_in_Python_checks_who_sends_and_answers()
    {
        Packages.Need("/usr/bin/python3", "python3");
        var file = Path.Combine(folder.FullName, "roll.py");
        await File.WriteAllTextAsync(file, await Example("python"));
        var port = Ports.Free();
        var (_, path) = await server.NewHook(room, ada.Token);
        var (_, secret) = await server.NewHook(room, ada.Token, new Uri($"http://127.0.0.1:{port}/"));
        await using var bot = new RunningProgram("/usr/bin/python3", [file], new Dictionary<string, string>
        {
            ["SECRET"] = secret,
            ["HOOK"] = Address + path,
            ["PORT"] = $"{port}",
        });
        await ada.Say(room, "!roll");
        var answer = (await ada.EventsUpTo(room, 5))[^1];
        Assert.Matches("^You rolled [1-6]\\.$", answer.Text);
        Assert.StartsWith("bot-", answer.By, StringComparison.Ordinal);

        using var http = new HttpClient();
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/")
        {
            Content = new StringContent("""{"events":[{"seq":9,"kind":"message","by":"eve","text":"!roll"}]}"""),
        };
        forged.Headers.Add("webhook-id", "x");
        forged.Headers.Add("webhook-timestamp", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}");
        forged.Headers.Add("webhook-signature", "v1,AAAA");
        using var refused = await http.SendAsync(forged);
        Assert.Equal(401, (int)refused.StatusCode);
    }

    [Fact]
    public async Task Ten_lines_of_NET_are_a_bot()
    {
        var (id, owner) = await server.Account("echo");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Bot.cs"), await Example("csharp"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Bot.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(ChatClient).Assembly.Location}" />
              </ItemGroup>
            </Project>
            """);
        var (code, said) = await RunningProgram.Run("dotnet", ["build", folder.FullName, "--nologo", "-o", Path.Combine(folder.FullName, "out")], within: Compiles);
        Assert.True(code == 0, said);
        await using var bot = new RunningProgram("dotnet", [Path.Combine(folder.FullName, "out", "Bot.dll")], new Dictionary<string, string>
        {
            ["CHAT"] = Address,
            ["ROOM"] = room,
            ["TOKEN"] = await Token(owner, "read", "post", "rooms"),
        });
        Assert.Equal((id, "joined"), ((await ada.EventsUpTo(room, 2))[^1].By, ada.SeenOf(room).Last().Kind));
        await ada.Say(room, "!echo ten lines");
        var answer = (await ada.EventsUpTo(room, 4))[^1];
        Assert.Equal((id, "ten lines", 3), (answer.By, answer.Text, answer.Reply));
    }

    private string Address => server.Http.BaseAddress!.ToString().TrimEnd('/');

    private async Task<string> Token(string owner, params string[] scopes)
    {
        var made = await server.Post("/api/v1/tokens", JsonSerializer.Serialize(new { name = "bot", scopes }), owner);
        return made.Body.GetProperty("token").GetString()!;
    }

    /// <summary>The page's only example in this language.</summary>
    private static async Task<string> Example(string language)
    {
        var page = await File.ReadAllTextAsync(DeployFolder.File("../docs/bots.md"));
        return Assert.Single(Block().Matches(page), block => block.Groups[1].Value == language).Groups[2].Value;
    }

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
