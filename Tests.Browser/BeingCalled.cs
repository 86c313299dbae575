using OrleansChat.Client;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>Somebody who looks at something else is called when they are spoken to, and only then.</summary>
public sealed class BeingCalled(House house) : Visit(house)
{
    /// <summary>A headless browser has no desktop, no loudspeaker and no other tab: what would be seen and heard is written down.</summary>
    private const string Elsewhere = """
        window.called = [];
        class Shown {
          static permission = "granted";
          constructor(title, options) { this.close = () => window.called.push("closed"); window.called.push(`${title}: ${options.body}`); }
        }
        window.Notification = Shown;
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) { window.called.push("tone"); start.call(this, at); };
        let hidden = false;
        for (const [name, get] of [["hidden", () => hidden], ["visibilityState", () => hidden ? "hidden" : "visible"]])
          Object.defineProperty(document, name, { get });
        window.look = away => { hidden = away; document.dispatchEvent(new Event("visibilitychange")); };
        """;

    [Fact]
    public async Task A_mention_in_a_hidden_tab_is_heard_shown_and_counted_in_the_title()
    {
        var (ada, bob, id) = await AdaWhoIs(hidden: true, """{"notify":true}""");
        await bob.Post(Room, "good morning");
        await bob.Post(Room, $"@{id} are **you** there?");
        await Expect(ada.Page).ToHaveTitleAsync("(1) Garden · OrleansChat");
        await Calls(ada, "tone", "tone", "Bob in Garden: @Ada are you there?");
        await ada.Page.EvaluateAsync("look(false)");
        await Expect(ada.Page).ToHaveTitleAsync("Garden · OrleansChat");
        await Calls(ada, "tone", "tone", "Bob in Garden: @Ada are you there?", "closed");
    }

    [Fact]
    public async Task Where_a_page_may_show_no_notice_the_rest_still_calls()
    {
        var (ada, bob, id) = await AdaWhoIs(hidden: true, """{"notify":true}""");
        await ada.Page.EvaluateAsync("""
            () => {
              window.Notification = class {
                static permission = "granted";
                constructor() { window.called.push("tried"); throw new TypeError("Illegal constructor"); } // as Chrome on Android does
              };
            }
            """);
        await bob.Post(Room, $"@{id} are you there?");
        await Calls(ada, "tone", "tone", "tried");
        await Expect(ada.Page).ToHaveTitleAsync("(1) Garden · OrleansChat");
    }

    [Fact]
    public async Task A_direct_message_calls_without_a_mention()
    {
        var (ada, bob, id) = await AdaWhoIs(hidden: true, """{"notify":true}""");
        var direct = await bob.Ask(connection => connection.Direct(id));
        await bob.Post(direct.Room, "just us");
        await Expect(ada.Page).ToHaveTitleAsync("(1) Garden · OrleansChat");
        await Calls(ada, "tone", "tone", "Bob: just us");
    }

    [Fact]
    public async Task Who_looks_at_the_page_is_not_called()
    {
        var (ada, bob, id) = await AdaWhoIs(hidden: false, """{"notify":true}""");
        var kitchen = await NewRoom("Kitchen");
        await ada.Opens(kitchen);
        await Expect(ada.Page.GetByText("Welcome to Kitchen")).ToBeVisibleAsync();
        await bob.Post(Room, $"@{id} are you there?");
        await Expect(ada.RoomRow("Garden").Locator(".badge.loud")).ToContainTextAsync("1 mention");
        await Expect(ada.Page).ToHaveTitleAsync("Kitchen · OrleansChat");
        await Calls(ada);
    }

    [Fact]
    public async Task Who_switched_it_off_is_counted_in_the_title_only()
    {
        var (ada, bob, id) = await AdaWhoIs(hidden: true, """{"notify":false,"sound":false}""");
        await bob.Post(Room, $"@{id} are you there?");
        await Expect(ada.Page).ToHaveTitleAsync("(1) Garden · OrleansChat");
        await Calls(ada);
    }

    private async Task<(Person Ada, ChatClient Bob, string Id)> AdaWhoIs(bool hidden, string settings)
    {
        var ada = await Visitor("Ada");
        await ada.Page.AddInitScriptAsync(Elsewhere);
        await ada.Page.AddInitScriptAsync($"localStorage.setItem('orleanschat.settings', '{settings}')");
        await ada.Opens(Room);
        await ada.ComesIn();
        var bob = await Program("Bob");
        await bob.Join(Room);
        var id = (await bob.Ask(connection => connection.Status(Room))).Members.Single(member => member.Name == "Ada").User;
        await Expect(ada.Members("Here now")).ToHaveTextAsync(["Ada", "Bob"]);
        if (hidden) await ada.Page.EvaluateAsync("look(true)");
        return (ada, bob, id);
    }

    private static async Task Calls(Person person, params string[] expected)
    {
        await person.Page.WaitForFunctionAsync("count => window.called.length >= count", expected.Length);
        Assert.Equal(expected, await person.Page.EvaluateAsync<string[]>("() => window.called"));
    }
}
