using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>The list of one's rooms, and the ways into more of them.</summary>
public sealed class Rooms(House house) : Visit(house)
{
    [Fact]
    public async Task What_is_unread_is_counted_until_it_is_read()
    {
        var kitchen = await NewRoom("Kitchen");
        var ada = await Guest("Ada", kitchen);
        await ada.GoesInto(Room);
        var bob = await Guest("Bob", kitchen);
        await bob.Says("one");
        await bob.Says("two");
        await Expect(ada.RoomRow("Kitchen").Locator(".badge")).ToContainTextAsync("2 unread");
        await ada.GoesTo("Kitchen");
        await ada.SeesStored("one", "two");
        await Expect(ada.RoomRow("Kitchen").Locator(".badge")).ToHaveCountAsync(0);
        await ada.Page.ReloadAsync();
        await ada.IsIn();
        await Expect(ada.RoomRow("Kitchen").Locator(".badge")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_room_in_which_somebody_speaks_while_it_is_pressed_opens()
    {
        var (kitchen, heard) = (await NewRoom("Kitchen"), new TaskCompletionSource());
        var ada = await Visitor("Ada");
        ada.Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Text?.Contains("Anybody here?", StringComparison.Ordinal) == true) heard.TrySetResult();
        };
        await ada.Opens(kitchen);
        await ada.ComesIn();
        await ada.GoesInto(Room);
        var bob = await Guest("Bob", kitchen);
        await ada.RoomRow("Kitchen").HoverAsync();
        await ada.Page.Mouse.DownAsync();
        await bob.Says("Anybody here?");
        await heard.Task.WaitAsync(TimeSpan.FromMilliseconds(Person.Patience));
        // What was heard is drawn with a frame, 100 ms after the last drawing.
        await ada.Page.EvaluateAsync("() => new Promise(drawn => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(drawn)), 200))");
        await ada.Page.Mouse.UpAsync();
        await ada.IsAt("Kitchen");
        await ada.SeesStored("Anybody here?");
    }

    [Fact]
    public async Task Somebodys_card_leads_to_a_conversation_of_two()
    {
        var ada = await Guest("Ada");
        var bob = await Guest("Bob");
        await ada.LooksAt("Bob");
        await ada.Clicks("Message");
        await ada.IsAt("Bob");
        await ada.Says("Between us");
        await Expect(bob.RoomRow("Ada").Locator(".badge")).ToContainTextAsync("1 unread");
        await bob.GoesTo("Ada");
        await bob.SeesStored("Between us");
        await bob.Says("Quite");
        await ada.SeesStored("Between us", "Quite");
    }

    [Fact]
    public async Task A_room_that_one_creates_is_found_and_joined_by_another()
    {
        var name = $"Café {Guid.NewGuid():n}"[..16];
        var ada = await Guest("Ada");
        await Create(ada, name, "Coffee and cake");
        await Expect(ada.Page.Locator(".topic")).ToHaveTextAsync("Coffee and cake");
        await Expect(ada.Page.Locator(".member-row")).ToContainTextAsync("Owner");

        var bob = await Guest("Bob");
        await bob.Clicks("Find or create a room");
        await bob.Page.GetByLabel("Find a room").FillAsync(name);
        await bob.Clicks($"Join: {name}");
        await bob.IsAt(name);
        await bob.Says("Two espressos");
        await ada.SeesStored("Two espressos");
    }

    [Fact]
    public async Task A_private_room_has_a_lock_and_is_not_found()
    {
        var name = $"Secret {Guid.NewGuid():n}"[..16];
        var ada = await Guest("Ada");
        await Create(ada, name, "", @private: true);
        await Expect(ada.RoomRow(name).Locator(".room-sign svg")).ToBeVisibleAsync();
        await ada.Page.ReloadAsync();
        await ada.IsIn();
        await Expect(ada.RoomRow(name).Locator(".room-sign svg")).ToBeVisibleAsync();

        var bob = await Guest("Bob");
        await bob.Clicks("Find or create a room");
        await bob.Page.GetByLabel("Find a room").FillAsync(name);
        await Expect(bob.Page.GetByText($"No room has “{name}” in its name or topic.")).ToBeVisibleAsync();
        await bob.Page.Keyboard.PressAsync("Escape");
        await bob.Opens(name.ToLowerInvariant().Replace(' ', '-'));
        await Expect(bob.Page.GetByText("This room cannot be opened")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_leaves_a_room_has_it_no_longer()
    {
        var ada = await Guest("Ada");
        var bob = await Guest("Bob");
        await bob.Clicks("Room settings");
        await bob.Clicks("Leave this room");
        await bob.Dialog("Leave Garden?").GetByRole(AriaRole.Button, new() { Name = "Leave" }).ClickAsync();
        await Expect(bob.RoomRow("Garden")).ToHaveCountAsync(0);
        await Expect(ada.Page.Locator(".member-name")).ToHaveTextAsync(["Ada"]);
    }

    [Fact]
    public async Task The_room_where_something_happened_last_comes_first()
    {
        var (kitchen, cellar) = (await NewRoom("Kitchen"), await NewRoom("Cellar"));
        var ada = await Guest("Ada", kitchen);
        foreach (var room in new[] { cellar, Room }) await ada.GoesInto(room);

        var names = ada.Page.Locator("#rooms .room-name");
        var bob = await Program("Bob");
        foreach (var room in new[] { Room, cellar, kitchen })
        {
            await bob.Join(room);
            await bob.Post(room, "Hello");
        }

        await Expect(names).ToHaveTextAsync(["Kitchen", "Cellar", "Garden"]);
        await bob.Post(cellar, "Once more");
        await Expect(names).ToHaveTextAsync(["Cellar", "Kitchen", "Garden"]);
    }

    [Fact]
    public async Task The_list_keeps_its_order_while_somebody_points_at_it()
    {
        var kitchen = await NewRoom("Kitchen");
        var ada = await Guest("Ada", kitchen);
        await ada.GoesInto(Room);
        var names = ada.Page.Locator("#rooms .room-name");
        await Expect(names).ToHaveTextAsync(["Garden", "Kitchen"]);
        await ada.RoomRow("Garden").HoverAsync();
        var bob = await Program("Bob");
        await bob.Join(kitchen);
        await bob.Post(kitchen, "Dinner!");
        await Expect(ada.RoomRow("Kitchen").Locator(".badge")).ToContainTextAsync("1 unread");
        await Expect(names).ToHaveTextAsync(["Garden", "Kitchen"]);
        await ada.Composer.HoverAsync();
        await Expect(names).ToHaveTextAsync(["Kitchen", "Garden"]);
    }

    [Fact]
    public async Task How_often_one_was_spoken_to_is_counted_apart()
    {
        var kitchen = await NewRoom("Kitchen");
        var ada = await Guest("Ada", kitchen);
        var id = await ada.Id();
        await ada.GoesInto(Room);
        var bob = await Program("Bob");
        await bob.Join(kitchen);
        await bob.Post(kitchen, "Is anybody there?");
        await bob.Post(kitchen, $"@{id}, are you?");
        await Expect(ada.RoomRow("Kitchen").Locator(".badge").First).ToContainTextAsync("2 unread");
        await Expect(ada.RoomRow("Kitchen").Locator(".badge.loud")).ToContainTextAsync("1 mention");
    }

    [Fact]
    public async Task An_address_that_is_taken_is_said_at_its_field()
    {
        var ada = await Guest("Ada");
        await ada.Clicks("Find or create a room");
        await ada.Clicks("Create a room");
        await ada.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Büro der Straße!");
        var address = ada.Page.GetByLabel("Address");
        await Expect(address).ToHaveValueAsync("buro-der-strasse");
        await address.FillAsync(Room);
        await ada.Clicks("Create");
        await Expect(ada.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "with this address" })).ToBeVisibleAsync();
        await Expect(address).ToBeFocusedAsync();
        await Expect(address).ToHaveAttributeAsync("aria-invalid", "true");
        await address.FillAsync($"buro-{Guid.NewGuid():n}");
        await Expect(address).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await ada.Clicks("Create");
        await Expect(ada.Page.Locator("#room h1")).ToHaveTextAsync("Büro der Straße!");
    }

    [Fact]
    public async Task A_room_whose_answer_was_lost_is_opened_by_the_next_try()
    {
        var ada = await Visitor("Ada");
        ada.ExpectsBrokenLines = true;
        var lost = false;
        await ada.Page.RouteWebSocketAsync("**/ws", socket =>
        {
            var server = socket.ConnectToServer();
            long? creation = null;
            socket.OnMessage(frame =>
            {
                var asked = JsonNode.Parse(frame.Text!)!;
                if (!lost && (string?)asked["op"] == "create") creation = (long?)asked["id"];
                server.Send(frame.Text!);
            });
            server.OnMessage(frame =>
            {
                if (creation is null) socket.Send(frame.Text!);
                else if ((long?)JsonNode.Parse(frame.Text!)!["re"] == creation && !lost)
                {
                    lost = true;
                    _ = socket.CloseAsync(new() { Code = 4008 });
                }
            });
        });
        await ada.Opens(Room);
        await ada.ComesIn();
        await ada.Clicks("Find or create a room");
        await ada.Clicks("Create a room");
        await ada.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Attic");
        await ada.Page.GetByLabel("Address").FillAsync($"attic-{Guid.NewGuid():n}");
        await ada.Clicks("Create");
        await Expect(ada.RoomRow("Attic")).ToBeAttachedAsync(); // the next connection knows of it
        await ada.Clicks("Create");
        await Expect(ada.Page.Locator("#room h1")).ToHaveTextAsync("Attic");
        await Expect(ada.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private static async Task Create(Person person, string name, string topic, bool @private = false)
    {
        await person.Clicks("Find or create a room");
        await person.Clicks("Create a room");
        await person.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await person.Page.GetByLabel("What is it about?").FillAsync(topic);
        if (@private) await person.Page.GetByLabel("Private").CheckAsync();
        await person.Clicks("Create");
        await person.IsAt(name);
    }
}
