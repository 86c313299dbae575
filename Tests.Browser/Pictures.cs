using System.Runtime.CompilerServices;
using Microsoft.Playwright;
using OrleansChat.Client;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// The README's picture of two people talking. <c>CHAT_SCREENS=1 dotnet test Tests.Browser --filter Pictures</c> takes
/// it anew (with the Debian package fonts-noto-color-emoji); otherwise it is only made sure that it can be taken.
/// </summary>
public sealed class Pictures(House house) : Visit(house)
{
    private const int Limit = 400 * 1024; // bytes: nobody should wait for a README
    private const string Password = "correct horse battery";

    private readonly House house = house;

    protected override Task<ChatServer> FindServer() => house.NewServer(); // with nobody else in it

    [Fact]
    public async Task Two_people()
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        foreach (var name in new[] { "Ada", "Bob", "Joan" }) await new ChatAccounts(http).Register(Id(name), name, Password);
        var ada = await Window("Ada", ColorScheme.Light);
        var bob = await Window("Bob", ColorScheme.Dark);
        var joan = await Program(new SignIn.Account("joan", Password));
        await Furnish(joan, ada, bob);
        await Talk(joan, ada, bob);

        await bob.Composer.PressSequentiallyAsync("Cake at four?");
        await Expect(ada.Page.GetByText("Bob is typing…")).ToBeVisibleAsync();
        var (left, right) = (await ada.Page.ScreenshotAsync(), await bob.Page.ScreenshotAsync());
        var picture = await Compose(left, right);
        Assert.InRange(picture.Length, 1, Limit);
        if (Environment.GetEnvironmentVariable("CHAT_SCREENS") == "1") await File.WriteAllBytesAsync(Screens("two-people.png"), picture);
    }

    private async Task<Person> Window(string name, ColorScheme colors)
    {
        var person = await Visitor(name, new() { ViewportSize = new() { Width = 772, Height = 752 }, ColorScheme = colors });
        await person.Opens("lobby");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await person.SignsIn(Id(name), Password);
        return person;
    }

    private static string Id(string name) => name.ToLowerInvariant();

    /// <summary>A few rooms, in which something happened.</summary>
    private static async Task Furnish(ChatClient joan, Person ada, Person bob)
    {
        await joan.Ask(connection => connection.Create("launch", "Launch day", "Version 1.0, on Thursday"));
        await joan.Ask(connection => connection.Create("lunch", "Lunch", "What is there today?"));
        await joan.Ask(connection => connection.Create("books", "Reading group"));
        foreach (var person in new[] { ada, bob })
        {
            foreach (var room in new[] { "books", "lunch", "launch" })
            {
                await person.Opens(room);
                await person.IsIn();
            }
        }

        await joan.Post("lunch", "Soup, they say.");
        await joan.Post("lunch", "Who comes along at half past twelve?");
        var direct = await joan.Ask(connection => connection.Direct("ada"));
        await joan.Post(direct.Room, "Have you seen the notes?");
    }

    private static async Task Talk(ChatClient joan, Person ada, Person bob)
    {
        await joan.Post("launch", "The tests are green on all three machines.");
        await Says(ada, "Lovely. Then we ship on Thursday?");
        await Says(bob, "Thursday it is!");
        await Says(bob, "I killed the server forty times last night, and not one message was lost.");
        await ada.Presses("React", "forty times");
        await ada.Presses("React with 🎉", "forty times");
        var history = await joan.Ask(connection => connection.History("launch"));
        await joan.Ask(connection => connection.React("launch", history.Messages[^1].Seq, "🎉"));
        await Says(ada, "Forty times? Poor server.");
        await Says(bob, "It did not complain. The clients simply went on where they were.");
        await joan.Post("launch", "The notes for the release are ready: https://example.org/notes");
        await Says(ada, "Reading them now 📖");
        await Expect(bob.Page.Locator(".reaction")).ToHaveTextAsync("🎉2");
        await ada.Composer.HoverAsync(); // no message is pointed at
        await bob.Composer.HoverAsync();

        async Task Says(Person person, string text)
        {
            await person.Says(text);
            await Expect(ada.Texts.Last).ToHaveTextAsync(text);
            await Expect(bob.Texts.Last).ToHaveTextAsync(text);
        }
    }

    /// <summary>Two windows side by side.</summary>
    private async Task<byte[]> Compose(params byte[][] windows)
    {
        var desk = await Visitor("Desk", new() { ViewportSize = new() { Width = 1600, Height = 840 } });
        var shown = windows.Select(window => $"""
            <figure><header><i></i><i></i><i></i></header><img src="data:image/png;base64,{Convert.ToBase64String(window)}"></figure>
            """);
        await desk.Page.SetContentAsync($$"""
            <style>
              body { margin: 0; height: 840px; display: flex; gap: 16px; align-items: center; justify-content: center; background: linear-gradient(120deg, #dbe9e4, #c9d8e6); }
              figure { margin: 0; border-radius: 10px; overflow: hidden; box-shadow: 0 1px 3px rgb(20 30 40 / .3), 0 12px 32px rgb(20 30 40 / .22); background: #fff; }
              header { height: 28px; padding: 0 12px; display: flex; gap: 7px; align-items: center; background: #eceae6; }
              figure + figure header { background: #26292c; }
              i { width: 11px; height: 11px; border-radius: 50%; background: #c9c5bd; }
              figure + figure i { background: #4a4f53; }
              img { display: block; }
            </style>
            {{string.Concat(shown)}}
            """);
        return await desk.Page.ScreenshotAsync();
    }

    private static string Screens(string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "docs", "screens", file);
}
