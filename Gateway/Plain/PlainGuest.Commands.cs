using OrleansChat.Client;

namespace OrleansChat.Gateway.Plain;

/// <summary>What a guest may ask for with a line that begins with a slash.</summary>
internal sealed partial class PlainGuest
{
    private const int Shown = 50; // people or rooms in one answer

    private static readonly string[] Help =
    [
        "Each line is a message. What others say comes as lines: name: text.",
        "/name NAME      be called so (you come in anew)",
        "/join ROOM      go to another room, and leave this one",
        "/msg WHO TEXT   say something to one person alone",
        "/who            who is in the room",
        "/rooms          the public rooms",
        "/quit           goodbye",
        "//TEXT          a message that begins with a slash",
    ];

    /// <returns>Whether they go on.</returns>
    private async Task<bool> Obey(string line)
    {
        var words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        var (command, rest) = (words[0].ToLowerInvariant(), words.ElementAtOrDefault(1) ?? "");
        if (command == "quit") return false;
        try
        {
            await (command switch
            {
                "help" => Say(Help),
                "name" => Rename(rest),
                "join" => GoTo(rest.TrimStart('#')),
                "msg" => Whisper(rest),
                "who" => ListPeople(),
                "rooms" => ListRooms(),
                _ => output.Refuse($"There is no command /{command}; /help lists them. A message that begins with a slash is written with two."),
            });
        }
        catch (ChatException e)
        {
            await output.Refuse(e.Error.Message);
        }

        return true;
    }

    private async Task Rename(string name)
    {
        if (name.Length == 0) await output.Refuse("Say /name NAME.");
        else if (await Enter(name)) await output.Note($"You are {name}.");
    }

    private async Task GoTo(string other)
    {
        if (other == room) return;
        await Chat.Join(other, cancel: over.Token);
        var left = room;
        room = other;
        await output.Note($"You are in {other}.");
        await Chat.Leave(left, over.Token);
    }

    private async Task Whisper(string line)
    {
        var words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (words is not [{ Length: > 0 } who, { Length: > 0 } text])
        {
            await output.Refuse("Say /msg WHO TEXT.");
            return;
        }

        var status = await Chat.Status(room, cancel: over.Token);
        var named = status.Members.Where(member => member.User == who || string.Equals(member.Name, who, StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count > 1) await output.Refuse($"There are several here who are called {who}; use the name that /who gives in brackets.");
        else await Post((await Chat.Direct(named is [var one] ? one.User : who, over.Token)).Room, text);
    }

    private async Task ListPeople()
    {
        var status = await Chat.Status(room, cancel: over.Token);
        var here = status.Members.Where(member => member.Online).ToList();
        await Say([.. here.Take(Shown).Select(member => $"{member.Name} ({member.User}){(member.User == me ? ", you" : "")}")]);
        if (here.Count > Shown || status.More) await output.Note("… and more");
    }

    private async Task ListRooms()
    {
        var page = await Chat.Rooms(cancel: over.Token);
        await Say([.. page.Rooms.Take(Shown).Select(listed => $"{listed.Room}: {listed.Members} members{(listed.Topic.Length > 0 ? $", {listed.Topic}" : "")}")]);
        if (page.Rooms.Count > Shown || page.More) await output.Note("… and more");
    }

    private async Task Say(IReadOnlyList<string> lines)
    {
        foreach (var line in lines) await output.Note(line);
    }
}
