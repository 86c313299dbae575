using OrleansChat.Client;
using OrleansChat.Terminal.Screen;
using OrleansChat.Terminal.Writing;

namespace OrleansChat.Terminal;

/// <summary>What the keys do.</summary>
internal sealed partial class ScreenMode
{
    private static readonly TimeSpan TypingEvery = TimeSpan.FromSeconds(2.5); // the server passes on one every 2 s

    private readonly List<string> sent = [];
    private InputLine input = InputLine.Empty;
    private Completion? completion;
    private int recalled; // from the end of what was sent; 0 is the line itself
    private DateTimeOffset lastTyping;

    private void Press(Key key)
    {
        var before = input.Text;
        if (key.Name is KeyName.Tab or KeyName.BackTab)
        {
            Complete(key.Name is KeyName.Tab ? 1 : -1);
            return;
        }

        if (key.Name is not (KeyName.FocusIn or KeyName.FocusOut)) completion = null;
        input = key switch
        {
            { Name: KeyName.Text, Alt: true, Text: "b" } => input.WordLeft(),
            { Name: KeyName.Text, Alt: true, Text: "f" } => input.WordRight(),
            { Name: KeyName.Text, Alt: false } or { Name: KeyName.Paste } => input.Insert(key.Text),
            { Name: KeyName.Enter, Alt: true } => input.Insert("\n"),
            { Name: KeyName.Left, Alt: true } => input.WordLeft(),
            { Name: KeyName.Right, Alt: true } => input.WordRight(),
            { Name: KeyName.Left } or { Name: KeyName.Control, Text: "b" } => input.Left(),
            { Name: KeyName.Right } or { Name: KeyName.Control, Text: "f" } => input.Right(),
            { Name: KeyName.Home } or { Name: KeyName.Control, Text: "a" } => input.Home(),
            { Name: KeyName.End } when input.Text.Length > 0 => input.End(),
            { Name: KeyName.Control, Text: "e" } => input.End(),
            { Name: KeyName.Backspace, Alt: true } or { Name: KeyName.Control, Text: "w" } => input.CutWord(),
            { Name: KeyName.Backspace } => input.Backspace(),
            { Name: KeyName.Delete } => input.Delete(),
            { Name: KeyName.Control, Text: "d" } when input.Text.Length > 0 => input.Delete(),
            { Name: KeyName.Control, Text: "k" } => input.CutToEnd(),
            { Name: KeyName.Control, Text: "u" } => input.CutToStart(),
            _ => input,
        };
        switch (key)
        {
            case { Name: KeyName.Enter, Alt: false }: Submit(); break;
            case { Name: KeyName.Up, Alt: true } or { Name: KeyName.Control, Text: "p" }: Turn(-1); break;
            case { Name: KeyName.Down, Alt: true } or { Name: KeyName.Control, Text: "n" }: Turn(1); break;
            case { Name: KeyName.Text, Alt: true, Text: [>= '1' and <= '9' and var digit] } when digit - '1' < rooms.Count: Turn(rooms[digit - '1'].Id); break;
            case { Name: KeyName.Text, Alt: true, Text: "a" } when rooms.Find(room => room.Unread > 0) is { } unread: Turn(unread.Id); break;
            case { Name: KeyName.Up }: Recall(1); break;
            case { Name: KeyName.Down }: Recall(-1); break;
            case { Name: KeyName.PageUp }: Scroll(-1); break;
            case { Name: KeyName.PageDown }: Scroll(1); break;
            case { Name: KeyName.End } when before.Length == 0 && open is not null: open.Place = null; break;
            case { Name: KeyName.Control, Text: "l" }: shown = null; break;
            case { Name: KeyName.Control, Text: "c" } when before.Length > 0: input = InputLine.Empty; break;
            case { Name: KeyName.Control, Text: "c" or "d" } when before.Length == 0: Quit(); break;
            case { Name: KeyName.FocusIn }: focused = true; break;
            case { Name: KeyName.FocusOut }: focused = false; break;
        }

        if (input.Text != before && key.Name is KeyName.Text or KeyName.Paste) TellTyping();
    }

    private void Complete(int step)
    {
        completion ??= Completion.Of(
            input, rooms.Where(room => !room.IsDirect).Select(room => room.Id).Concat(listed), open?.Members.Keys.Select(user => (user, names.Of(user))) ?? []);
        if (completion is not null) input = completion.Next(step);
    }

    private void Turn(int step)
    {
        if (rooms.Count == 0) return;
        var at = open is null ? 0 : rooms.IndexOf(open) + step;
        Turn(rooms[(at + rooms.Count) % rooms.Count].Id);
    }

    private void Turn(string room) => _ = Try(() => Go(room));

    /// <summary>What was sent before, as in a shell.</summary>
    private void Recall(int step)
    {
        if (recalled + step < 0 || recalled + step > sent.Count) return;
        recalled += step;
        input = InputLine.Of(recalled == 0 ? "" : sent[^recalled]);
    }

    private void Scroll(int pages)
    {
        if (open is not { } room) return;
        var (width, height) = Tty.Size;
        var layout = new Layout(width, height);
        var whole = Scrolling.Move(room, Lines(layout), layout.Body, pages * Math.Max(1, layout.Body - 2));
        if (pages < 0 && !whole && room is { HasOlder: true, IsLoading: false, Entries: [var oldest, ..] })
        {
            _ = Try(async () =>
            {
                await ReadOlder(room, oldest.Seq);
                if (room == open) Scrolling.Move(room, Lines(layout), layout.Body, -Math.Max(1, layout.Body - 2));
            });
        }
    }

    private void TellTyping()
    {
        if (open is null || input.Text.StartsWith('/') || DateTimeOffset.Now - lastTyping < TypingEvery) return;
        lastTyping = DateTimeOffset.Now;
        var room = open.Id;
        _ = Watch(async () =>
        {
            try
            {
                await chat.Typing(room, leaving.Token);
            }
            catch (ChatException)
            {
                // Nobody needs to know.
            }
        });
    }

    private void Submit()
    {
        var line = input.Text.Trim();
        (input, recalled) = (InputLine.Empty, 0);
        if (line.Length == 0) return;
        sent.Add(line);
        if (sent.Count > 500) sent.RemoveAt(0);
        if (Command.Of(line) is { } command) _ = Try(() => Carry(command));
        else _ = Post(line.StartsWith("//", StringComparison.Ordinal) ? line[1..] : line);
    }

    /// <summary>What is refused comes back into the line, if that is empty; Arrow Up has it in any case.</summary>
    private Task Post(string text, long? reply = null) => Try(async () =>
    {
        if (open is not { } room) throw new ChatException(new("not_member", "You are in no room: /join one."));
        room.Place = null;
        room.NewAfter = null;
        room.Sending.Add(text);
        try
        {
            await chat.Post(room.Id, text, reply: reply, cancel: leaving.Token);
        }
        catch (ChatException) when (input.Text.Length == 0)
        {
            input = InputLine.Of(text);
            throw;
        }
        finally
        {
            room.Sending.Remove(text);
        }
    });

    private void Quit()
    {
        if (!chat.Stopped.IsCompleted && rooms.Sum(room => room.Sending.Count) is var waiting and > 0 && !asked)
        {
            asked = true;
            Say($"{(waiting == 1 ? "A message is" : $"{waiting} messages are")} not stored yet. Quit once more to leave nevertheless.");
            return;
        }

        over.TrySetResult(chat.Stopped.IsCompleted ? ExitCode.SignedOut : ExitCode.Done);
    }

    private bool asked; // whether they want to leave what is not stored
}
