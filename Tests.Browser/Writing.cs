using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary>The field in which one writes, and what becomes of what was sent from it.</summary>
public sealed class Writing(House house) : Visit(house)
{
    [Fact]
    public async Task Keys_put_signs_around_what_is_selected_and_take_them_away()
    {
        var ada = await Guest("Ada");
        await ada.Composer.FillAsync("word");
        await ada.Composer.PressAsync("ControlOrMeta+a");
        await ada.Composer.PressAsync("ControlOrMeta+b");
        await Expect(ada.Composer).ToHaveValueAsync("**word**");
        await ada.Composer.PressAsync("ControlOrMeta+i");
        await Expect(ada.Composer).ToHaveValueAsync("***word***");
        await ada.Composer.PressAsync("ControlOrMeta+b");
        await Expect(ada.Composer).ToHaveValueAsync("*word*");
        await ada.Composer.PressAsync("ControlOrMeta+z"); // as if it had been typed
        await Expect(ada.Composer).ToHaveValueAsync("***word***");
        await ada.Composer.PressAsync("Enter");
        await ada.SeesStored("word");
        await Expect(ada.Texts.Locator("strong em")).ToHaveTextAsync("word");
    }

    [Fact]
    public async Task Enter_that_chooses_a_word_of_an_input_method_sends_nothing()
    {
        var ada = await Guest("Ada");
        await ada.Composer.FillAsync("にほん");
        await ada.Composer.EvaluateAsync("field => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))");
        await ada.Composer.EvaluateAsync("field => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true, cancelable: true }))");
        await ada.Sees();
        await Expect(ada.Composer).ToHaveValueAsync("にほん");
        await ada.Composer.PressAsync("Enter");
        await ada.SeesStored("にほん");
    }

    [Fact]
    public async Task A_question_mark_tells_how_to_write()
    {
        var ada = await Guest("Ada");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Formatting and keys" }).ClickAsync();
        var card = ada.Page.GetByRole(AriaRole.Dialog, new() { Name = "Formatting and keys" });
        await Expect(card.GetByText("**bold**")).ToBeVisibleAsync();
        await ada.Page.Keyboard.PressAsync("Escape");
        await Expect(card).ToBeHiddenAsync();
    }

    [Fact]
    public async Task In_slow_mode_the_next_message_says_how_long_it_waits_and_can_be_given_up()
    {
        var room = await SlowRoom(seconds: 3600);
        var ada = await Guest("Ada", room);
        await ada.Says("One");
        await ada.SeesStored("One");
        await ada.Says("Two");
        await ada.Says("Three");
        await Expect(ada.Page.Locator(".held > span > [aria-hidden]")).ToHaveTextAsync(
            new System.Text.RegularExpressions.Regex(@"^This room takes one post in 3600 s from each member\. It goes out in 3[56]\d\d s\.$"));
        await ada.Sees("One", "Two", "Three");
        await ada.Message("Two").GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(ada.Message("Three").Locator(".held")).ToBeVisibleAsync(); // now it is its turn
        await ada.Message("Three").GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await ada.SeesStored("One");
    }

    [Fact]
    public async Task What_waited_goes_out_by_itself_in_the_order_in_which_it_was_written()
    {
        var room = await SlowRoom(seconds: 2);
        var (ada, bob) = (await Guest("Ada", room), await Guest("Bob", room));
        foreach (var text in new[] { "One", "Two", "Three" }) await ada.Says(text);
        await bob.SeesStored("One", "Two", "Three");
        await ada.SeesStored("One", "Two", "Three");
    }

    [Fact]
    public async Task A_message_whose_answer_was_lost_is_sent_again_and_stands_there_once()
    {
        using var wire = new Wire(Server.Address);
        var (ada, bob) = (await Guest("Ada", over: wire), await Guest("Bob"));
        ada.ExpectsBrokenLines = true;
        await ada.Page.EvaluateAsync("""
            () => {
              const send = WebSocket.prototype.send;
              WebSocket.prototype.send = function (data) {
                send.call(this, data);
                if (JSON.parse(data).op !== "post") return;
                WebSocket.prototype.send = send;
                this.onmessage = null; // the post arrives, its answer does not
              };
            }
            """);
        await ada.Says("Only once");
        await bob.SeesStored("Only once");
        await Expect(ada.Page.Locator(".message.sending .text")).ToHaveTextAsync("Only once");
        wire.Cut();
        wire.Restore();
        await ada.SeesStored("Only once");
        await ada.Says("Next");
        await bob.SeesStored("Only once", "Next");
        await ada.SeesStored("Only once", "Next");
    }

    [Fact]
    public async Task What_was_refused_is_tried_again_with_the_same_key()
    {
        var owner = await Program("Owner");
        var room = $"strict-{Guid.NewGuid():n}";
        await owner.Ask(connection => connection.Create(room, "Strict"));
        var ada = await Guest("Ada", room);
        await ada.Page.EvaluateAsync("""
            () => {
              const send = WebSocket.prototype.send;
              window.keys = [];
              WebSocket.prototype.send = function (data) {
                const frame = JSON.parse(data);
                if (frame.op === "post") window.keys.push(frame.key);
                if (frame.op === "post" && window.keys.length === 1) frame.reply = 999; // there is no such message
                send.call(this, JSON.stringify(frame));
              };
            }
            """);
        await ada.Says("At last");
        await Expect(ada.Page.GetByText("Not sent:")).ToBeVisibleAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await ada.SeesStored("At last");
        Assert.Single((await ada.Page.EvaluateAsync<string[]>("window.keys")).Distinct());
    }

    private async Task<string> SlowRoom(int seconds)
    {
        var owner = await Program("Owner");
        var room = $"slow-{Guid.NewGuid():n}";
        await owner.Ask(connection => connection.Create(room, "Slow"));
        await owner.Ask(connection => connection.Configure(room, slow: seconds));
        return room;
    }
}
