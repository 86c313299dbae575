using System.Globalization;
using OrleansChat.Client;
using OrleansChat.Terminal.Rooms;

namespace OrleansChat.Terminal.Lines;

/// <summary>What happens in a room, line by line.</summary>
internal sealed class Printer(ChatClient chat, ChatRoom room, Arguments arguments, TextWriter output)
{
    private readonly Names names = new();

    /// <summary>Ends when the membership does.</summary>
    /// <exception cref="IOException">Nobody reads any more.</exception>
    public async Task Print(CancellationToken ending)
    {
        if (arguments.Last > 0)
        {
            var past = await chat.History(room.Id, before: room.Entry.Head + 1, limit: arguments.Last, cancel: ending);
            await names.Ask(chat, past.Messages.Select(message => message.By), ending);
            foreach (var message in past.Messages) await Write(AsEvent(message));
        }

        await foreach (var item in room.Items(ending))
        {
            switch (item)
            {
                case RoomItem.Happened { Event: var e }:
                    await Say(e, ending);
                    break;
                case RoomItem.Reloaded { Message: var message }:
                    await Say(AsEvent(message), ending);
                    break;
                case RoomItem.Gap gap when arguments.Json:
                    await output.WriteLineAsync(EventLine.Of(room.Id, gap));
                    await output.FlushAsync(ending);
                    break;
            }
        }
    }

    private async Task Say(ChatEvent e, CancellationToken ending)
    {
        await names.Ask(chat, e.User is { } user ? [e.By, user] : [e.By], ending);
        await Write(e);
    }

    private async Task Write(ChatEvent e)
    {
        if (arguments.Json) await output.WriteLineAsync(EventLine.Of(room.Id, names.Of(e.By), e));
        else foreach (var line in Lines(e)) await output.WriteLineAsync(line);
        await output.FlushAsync();
    }

    /// <summary>
    /// Each line of a message says who said it: nobody can put words into another's mouth by a newline.
    /// </summary>
    private IEnumerable<string> Lines(ChatEvent e)
    {
        if (e is not { Kind: "message" or "edited", Text: { } text }) yield break;
        var who = e.Kind is "edited" ? $"{names.Of(e.By)} (edited)" : names.Of(e.By);
        var time = e.At.ToLocalTime().ToString("HH:mm", CultureInfo.InvariantCulture);
        foreach (var line in PlainText.Harmless(text, lines: true).Split('\n')) yield return $"{time} {who}: {line}";
    }

    private static ChatEvent AsEvent(ChatMessage message) =>
        new(message.Seq, message.At, message.By, "message", message.Text, message.Reply, Deleted: message.Deleted);
}
