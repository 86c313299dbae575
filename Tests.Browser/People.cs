using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>Who is in a room and as what, and what people can do with one another: what both of them see.</summary>
public sealed class People(House house) : Visit(house)
{
    [Fact]
    public async Task A_card_says_who_somebody_is_and_gives_the_focus_back()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.MemberRow("Bob").FocusAsync();
        await ada.Page.Keyboard.PressAsync("Enter");
        var card = ada.Dialog("Bob");
        await Expect(card).ToContainTextAsync($"@{await bob.Id()} · Guest");
        await Expect(card).ToContainTextAsync("Here now");
        await Expect(card).ToContainTextAsync("Member of this room");
        await bob.Page.CloseAsync();
        await Expect(card).ToContainTextAsync("Active just now");
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(card).ToHaveCountAsync(0);
        await Expect(ada.MemberRow("Bob")).ToBeFocusedAsync();
        await Expect(ada.MemberRow("Bob")).ToContainTextAsync("Active just now");
    }

    [Fact]
    public async Task A_name_keeps_the_focus_when_its_owner_goes()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await Expect(ada.MemberRow("Bob")).ToContainTextAsync("here now");
        await ada.MemberRow("Bob").FocusAsync();
        await bob.Page.CloseAsync();
        await Expect(ada.MemberRow("Bob")).ToContainTextAsync("Active just now");
        await Expect(ada.MemberRow("Bob")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Whoever_went_while_they_were_asked_for_is_not_shown_as_here()
    {
        var (ada, holding, late) = (await Visitor("Ada"), false, new TaskCompletionSource());
        await ada.Page.RouteWebSocketAsync("**/ws", socket =>
        {
            var server = socket.ConnectToServer();
            var held = new HashSet<long>();
            socket.OnMessage(frame =>
            {
                var asked = JsonNode.Parse(frame.Text!)!;
                if (holding && (string?)asked["op"] == "who") held.Add((long)asked["id"]!);
                server.Send(frame.Text!);
            });
            server.OnMessage(frame =>
            {
                if (JsonNode.Parse(frame.Text!)!["re"] is { } answered && held.Contains((long)answered)) late.Task.ContinueWith(_ => socket.Send(frame.Text!), TaskScheduler.Default);
                else socket.Send(frame.Text!);
            });
        });
        await ada.Opens(Room);
        await ada.ComesIn();
        var (bob, joan) = (await Guest("Bob"), await Program("Joan"));
        await Expect(ada.MemberRow("Bob")).ToContainTextAsync("here now");
        holding = true;
        await ada.LooksAt("Bob");
        await bob.Page.CloseAsync();
        await Expect(ada.MemberRow("Bob")).ToContainTextAsync("Active just now");
        late.SetResult();
        await joan.Join(Room);
        await Expect(ada.MemberRow("Joan")).ToBeVisibleAsync(); // the late answer came before that
        await Expect(ada.Dialog("Bob")).ToContainTextAsync("Active just now");
    }

    [Fact]
    public async Task Whoever_is_blocked_cannot_write_to_one_alone_until_the_block_is_lifted()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.LooksAt("Bob");
        await ada.Clicks("Block");
        await ada.Dialog("Block Bob?").GetByRole(AriaRole.Button, new() { Name = "Block" }).ClickAsync();
        await Expect(ada.Dialog("Bob")).ToContainTextAsync("You have blocked this person.");
        await Expect(ada.Dialog("Bob").GetByRole(AriaRole.Button, new() { Name = "Message" })).ToHaveCountAsync(0);

        await bob.Says("Hello everybody");
        await Expect(ada.Texts).ToHaveTextAsync(["Message of somebody you blocked · Show"]);
        await bob.LooksAt("Ada");
        await bob.Clicks("Message");
        await Expect(bob.Dialog("Ada").GetByRole(AriaRole.Alert)).ToHaveTextAsync("One of you has blocked the other.");

        await ada.Page.ReloadAsync();
        await ada.IsIn();
        await Expect(ada.Page.GetByText("Hello everybody")).ToHaveCountAsync(0);
        await ada.Clicks("Show");
        await ada.SeesStored("Hello everybody");
        await ada.LooksAt("Bob");
        await ada.Clicks("Unblock");
        await Expect(ada.Dialog("Bob").GetByRole(AriaRole.Button, new() { Name = "Message" })).ToBeVisibleAsync();
        await bob.Clicks("Message");
        await Expect(bob.Page.Locator("#room h1")).ToHaveTextAsync("Ada");
    }

    [Fact]
    public async Task A_card_puts_the_name_into_what_one_writes()
    {
        var (ada, bob) = (await Guest("Ada"), await Guest("Bob"));
        await ada.Composer.PressSequentiallyAsync("Tea,");
        await ada.LooksAt("Bob");
        await ada.Clicks("Mention");
        await Expect(ada.Composer).ToBeFocusedAsync();
        await ada.Composer.PressSequentiallyAsync("in the garden?");
        await ada.Composer.PressAsync("Enter");
        await bob.SeesStored("Tea, @Bob in the garden?");
    }

    [Fact]
    public async Task A_member_is_offered_no_power_over_others()
    {
        var (ada, _) = (await Guest("Ada"), await Guest("Bob"));
        await ada.LooksAt("Bob");
        await Expect(ada.Dialog("Bob").GetByRole(AriaRole.Button, new() { Name = "Block" })).ToBeVisibleAsync();
        await Expect(ada.Dialog("Bob")).Not.ToContainTextAsync("Moderation");
        await ada.Page.Keyboard.PressAsync("Escape");
        await ada.Clicks("Room settings");
        await Expect(ada.Dialog("Room settings").GetByRole(AriaRole.Button, new() { Name = "Invite" })).ToBeVisibleAsync();
        foreach (var power in new[] { "Save", "Destroy this room" })
        {
            await Expect(ada.Dialog("Room settings").GetByRole(AriaRole.Button, new() { Name = power })).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task An_owner_makes_a_moderator_who_then_may_remove_members_but_not_the_owner()
    {
        var (ada, bob) = (await Owner("Ada"), await Guest("Bob"));
        var joan = await Guest("Joan");
        await ada.LooksAt("Bob");
        await ada.Page.GetByLabel("Role in this room").FocusAsync();
        await ada.Page.GetByLabel("Role in this room").SelectOptionAsync("Moderator");
        await Expect(ada.Page.GetByLabel("Role in this room")).ToBeFocusedAsync();
        await Expect(joan.MemberRow("Bob")).ToContainTextAsync("Moderator");

        await bob.LooksAt("Ada");
        await Expect(bob.Dialog("Ada")).Not.ToContainTextAsync("Moderation");
        await bob.Page.Keyboard.PressAsync("Escape");
        await bob.LooksAt("Joan");
        await bob.Clicks("Remove from the room");
        await bob.Page.GetByLabel("Reason").FillAsync("Off the topic");
        await bob.Dialog("Remove Joan from Garden?").GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(joan.Page.GetByText("Off the topic")).ToBeVisibleAsync();
        await Expect(joan.RoomRow("Garden")).ToHaveCountAsync(0);
        await Expect(ada.MemberRow("Joan")).ToHaveCountAsync(0);
        await Expect(bob.Dialog("Joan")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_last_owner_keeps_the_role_and_is_told_why()
    {
        var ada = await Owner("Ada");
        await ada.Clicks("Room settings");
        var role = ada.Page.GetByLabel("Role of Ada");
        await role.SelectOptionAsync("Member");
        await Expect(ada.Page.GetByText("A room needs an owner")).ToBeVisibleAsync();
        await Expect(role).ToHaveValueAsync("owner");
    }

    [Fact]
    public async Task Whoever_is_banned_stays_out_until_the_ban_is_lifted()
    {
        var (ada, bob) = (await Owner("Ada"), await Guest("Bob"));
        await ada.LooksAt("Bob");
        await ada.Clicks("Ban");
        await ada.Dialog("Ban Bob from Garden?").GetByRole(AriaRole.Button, new() { Name = "Ban" }).ClickAsync();
        await Expect(bob.Page.GetByRole(AriaRole.Heading, new() { Name = "You are no longer in this room" })).ToBeVisibleAsync();
        await bob.Page.ReloadAsync();
        await bob.Opens(Room);
        await Expect(bob.Page.GetByText("You are banned from this room.")).ToBeVisibleAsync();
        await Expect(ada.Page.Locator(".member-name")).ToHaveTextAsync(["Ada"]);

        await ada.Clicks("Room settings");
        await ada.Clicks("Lift the ban on Bob");
        await Expect(ada.Page.GetByText("Banned people")).ToBeHiddenAsync();
        await bob.Page.ReloadAsync();
        await bob.Opens(Room);
        await bob.IsIn();
        await Expect(ada.Page.Locator(".member-name")).ToHaveTextAsync(["Ada", "Bob"]);
    }

    [Fact]
    public async Task Whoever_is_invited_is_in_the_private_room_at_once()
    {
        var kitchen = await NewRoom("Kitchen");
        var ada = await Owner("Ada", "private");
        var bob = await Guest("Bob", kitchen);
        var id = await bob.Id();
        await ada.Clicks("Invite somebody");
        var who = ada.Page.GetByLabel("User id, or the name of somebody you know");
        await Expect(who).ToBeFocusedAsync();
        await ada.Page.Keyboard.TypeAsync("nobody-at-all");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.GetByText("There is nobody with the id “nobody-at-all”.")).ToBeVisibleAsync();
        await Expect(who).ToHaveAttributeAsync("aria-invalid", "true");
        await who.FillAsync($"@{id}");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Expect(ada.Page.GetByText("is in the room now.")).ToBeVisibleAsync();
        await bob.GoesTo("Garden");
        await bob.Says("Thank you!");
        await ada.Page.Keyboard.PressAsync("Escape");
        await ada.SeesStored("Thank you!");
    }

    [Fact]
    public async Task In_a_room_of_many_one_finds_a_member_by_name()
    {
        var ada = await Guest("Ada");
        await Expect(ada.Page.GetByLabel("Find a member")).ToBeHiddenAsync();
        for (var i = 1; i <= 20; i++) await (await Program($"Person {i}")).Join(Room);
        await (await Program("Zoë")).Join(Room);
        await ada.Page.GetByLabel("Find a member").FillAsync("zoe");
        await Expect(ada.Page.Locator(".member-name")).ToHaveTextAsync(["Zoë"]);
        await ada.Page.GetByLabel("Find a member").FillAsync("nobody");
        await Expect(ada.Page.GetByText("Nobody here is called “nobody”.")).ToBeVisibleAsync();
    }
}
