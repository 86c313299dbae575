using System.Globalization;
using System.Text;
using OrleansChat.Client;
using OrleansChat.Terminal.Rooms;
using OrleansChat.Terminal.Screen;
using OrleansChat.Terminal.Writing;

namespace OrleansChat.Terminal;

/// <summary>What the commands do.</summary>
internal sealed partial class ScreenMode
{
    private List<string> listed = []; // public rooms, as /rooms had them

    private Task Carry(Command command)
    {
        var (first, after) = command.Words;
        return command switch
        {
            { Name: "quit" or "exit" } => Do(Quit),
            { Name: "help" } => Do(Help),
            { Name: "join", Rest.Length: > 0 } => Join(first.TrimStart('#').ToLowerInvariant()),
            { Name: "leave" } => chat.Leave(first.Length > 0 ? first.TrimStart('#') : Here.Id, leaving.Token),
            { Name: "dm", Rest.Length: > 0 } => Direct(Person(first), after),
            { Name: "who" } => first.Length > 0 ? Who(Person(first)) : WhoIsHere(),
            { Name: "status" } => Status(),
            { Name: "rooms" } => Rooms(command.Rest),
            { Name: "history" } => Do(() => Scroll(-1)),
            { Name: "search", Rest.Length: > 0 } => Search(command.Rest),
            { Name: "reply", Number: { } seq, Rest.Length: > 0 } => Post(command.Rest, seq),
            { Name: "edit", Rest.Length: > 0 } => chat.Edit(Here.Id, command.Number ?? Mine().Seq, command.Rest, leaving.Token),
            { Name: "delete" } => chat.Delete(Here.Id, command.Number ?? Mine().Seq, leaving.Token),
            { Name: "react", Rest.Length: > 0 } => React(command.Number is { } seq ? Message(seq) : Latest(), Emoji(command.Rest)),
            { Name: "invite", Rest.Length: > 0 } => chat.Invite(Here.Id, Person(first), Reason(after), leaving.Token),
            { Name: "kick", Rest.Length: > 0 } => chat.Kick(Here.Id, Person(first), Reason(after), leaving.Token),
            { Name: "ban", Rest.Length: > 0 } => chat.Ban(Here.Id, Person(first), Reason(after), leaving.Token),
            { Name: "topic" } => chat.Topic(Here.Id, command.Rest, leaving.Token),
            _ when Command.All.FirstOrDefault(it => it.Name == command.Name) is { Name: { } name } known => Do(() => Say($"It goes like this: /{name} {known.Usage}")),
            _ => Do(() => Say($"There is no /{command.Name}; /help tells what there is. For a message, begin with two slashes.")),
        };
    }

    private static Task Do(Action what)
    {
        what();
        return Task.CompletedTask;
    }

    private RoomView Here => open ?? throw No("You are in no room: /join one.");

    private static ChatException No(string sentence) => new(new("bad_request", sentence));

    private Entry Mine() => Here.Entries.LastOrDefault(entry => entry is { Told: null, Deleted: false } && entry.By == chat.Me.Id) ?? throw No("You have said nothing here yet.");

    private Entry Latest() => Here.Entries.LastOrDefault(entry => entry is { Told: null, Deleted: false }) ?? throw No("Nothing has been said here yet.");

    private Entry Message(long seq) => Here.Find(seq) ?? throw No($"There is no message {seq} in sight.");

    private static string? Reason(string words) => words.Length > 0 ? words : null;

    /// <summary>Somebody by their id, or by a name that only one has of those whom we know: first here, then anywhere.</summary>
    private string Person(string word)
    {
        word = word.TrimStart('@');
        var near = Called(word, open is null ? [] : [open]);
        return (near is [] ? Called(word, rooms) : near) switch
        {
            [var one] => one,
            [] => word,
            var several => throw No($"There are {several.Count} of this name: {string.Join(", ", several)}."),
        };
    }

    private List<string> Called(string word, IEnumerable<RoomView> among)
    {
        var people = among.SelectMany(room => room.Members.Keys).Distinct().ToList();
        return people.Contains(word) ? [word] : [.. people.Where(user => names.Of(user).Equals(word, StringComparison.OrdinalIgnoreCase))];
    }

    private static string Emoji(string word) => word switch
    {
        "+1" or ":+1:" => "👍",
        "-1" or ":-1:" => "👎",
        "<3" or ":heart:" => "❤️",
        ":tada:" => "🎉",
        ":eyes:" => "👀",
        ":joy:" => "😂",
        _ => word,
    };

    private async Task Join(string room)
    {
        try
        {
            await Go(room);
        }
        catch (ChatException e) when (e.Code is "not_found")
        {
            await chat.Create(room, cancel: leaving.Token);
            await Go(room);
        }
    }

    private async Task Direct(string user, string text)
    {
        await Go(await chat.Direct(user, leaving.Token));
        if (text.Length > 0) await Post(text);
    }

    private Task React(Entry entry, string emoji)
    {
        var on = !(entry.Reactions.TryGetValue(emoji, out var users) && users.Contains(chat.Me.Id));
        return chat.React(Here.Id, entry.Seq, emoji, on, leaving.Token);
    }

    private async Task Who(string user)
    {
        Say(await chat.Who([user], leaving.Token) is [var person]
            ? $"{person.Name} ({person.User}) is {(person.Online ? "here now" : $"away since {Time(person.LastActive)}")}."
            : $"Nobody is called {user}.");
    }

    private async Task WhoIsHere()
    {
        var said = new StringBuilder();
        await foreach (var member in chat.Members(Here.Id, leaving.Token))
        {
            said.Append(CultureInfo.InvariantCulture, $"{(member.Online ? "●" : "○")} {member.Name} ({member.User}{(member.Role is "member" ? "" : $", {member.Role}")})\n");
        }

        Say(said.ToString().TrimEnd());
    }

    private async Task Status()
    {
        var status = await chat.Status(Here.Id, cancel: leaving.Token);
        Say($"""
            {status.Name} (#{status.Room}), {status.Visibility}, {status.Head} events, {status.Members.Count}{(status.More ? "+" : "")} members, {status.Members.Count(member => member.Online)} of them here now
            Topic: {(status.Topic.Length > 0 ? status.Topic : "none")}{(status.Slow > 0 ? $"\nSlow mode: {status.Slow} s between one's messages" : "")}
            """);
    }

    private async Task Rooms(string query)
    {
        var answer = await chat.Rooms(query.Length > 0 ? query : null, cancel: leaving.Token);
        listed = [.. answer.Rooms.Select(room => room.Room)];
        Say(answer.Rooms is [] ? "There is none." : string.Join('\n', answer.Rooms.Select(room =>
            $"#{room.Room}  {room.Name}, {room.Members} members{(room.Topic.Length > 0 ? $": {room.Topic.Replace('\n', ' ')}" : "")}")) + (answer.More ? "\n… and more: /rooms WORD" : ""));
    }

    private async Task Search(string words)
    {
        var found = await chat.Search(words, limit: 20, cancel: leaving.Token);
        await names.Ask(chat, found.Messages.Select(message => message.By), leaving.Token);
        Say(found.Messages is [] ? $"Nothing was found for {words}." : string.Join('\n', found.Messages.Reverse().Select(message =>
            $"{Time(message.At)}  {RoomName(message.Room)} {message.Seq}  {names.Of(message.By)}: {message.Text?.Replace('\n', ' ')}")) + (found.More ? "\n… and more: say it more closely" : ""));
    }

    private string RoomName(string? id) => id is null ? "" : id.StartsWith("dm:", StringComparison.Ordinal) ? names.Of(Picture.OtherIn(id, chat.Me.Id)) : $"#{id}";

    private static string Time(DateTimeOffset at) =>
        at.LocalDateTime.Date == DateTime.Today ? $"{at.LocalDateTime:HH:mm}" : at.LocalDateTime.ToString("d MMM HH:mm", CultureInfo.InvariantCulture);

    private void Help() => Say(string.Join('\n', Command.All.Select(it => $"{$"/{it.Name} {it.Usage}",-18} {it.What}")) + """

        N is a message's number; without it, the last one.
        Tab            completes a command, a room, @somebody
        Up, Down       what you sent before
        PgUp, PgDn     back and forth; End: the latest
        Alt-Up, -Down  other rooms, as Ctrl-P, Ctrl-N, Alt-1 …
        Alt-A          where something is new
        Alt-Enter      a new line
        """);
}
