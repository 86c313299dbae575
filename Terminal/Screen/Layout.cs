using OrleansChat.Client;
using OrleansChat.Terminal.Rooms;
using OrleansChat.Terminal.Writing;

namespace OrleansChat.Terminal.Screen;

/// <summary>What the screen shows; a narrow one folds the members away, and then the rooms.</summary>
internal sealed record Layout(int Width, int Height)
{
    public int Rooms => Width >= 60 ? Math.Min(20, Width / 4) : 0;

    public int Members => Width >= 90 ? 20 : 0;

    /// <summary>Where the messages begin, and how wide they are: panes have a rule between them.</summary>
    public int MessagesAt => Rooms > 0 ? Rooms + 3 : 0;

    public int Messages => Width - MessagesAt - (Members > 0 ? Members + 3 : 0);

    /// <summary>Between the title with its rule and the rule with the line below it.</summary>
    public int Body => Math.Max(1, Height - 4);

    public Frame Draw(Picture picture, bool colours)
    {
        var frame = new Frame(Width, Height, colours);
        Title(frame, picture);
        frame.Put(1, 0, Width, Line.Of(Rule('┬'), Style.Quiet));
        Pane(frame, 0, Rooms, RoomLines(picture));
        Pane(frame, MessagesAt, Messages, picture.Messages, atBottom: true);
        if (Members > 0) Pane(frame, Width - Members, Members, MemberLines(picture));
        for (var row = 2; row < Height - 2; row++)
        {
            if (Rooms > 0) frame.Put(row, Rooms, 3, Line.Of(" │ ", Style.Quiet));
            if (Members > 0) frame.Put(row, Width - Members - 3, 3, Line.Of(" │ ", Style.Quiet));
        }

        frame.Put(Height - 2, 0, Width, Under(picture));
        Input(frame, picture);
        return frame;
    }

    private void Title(Frame frame, Picture picture)
    {
        var title = picture.Room is { } room ? Line.Of(picture.TitleOf(room), Style.Strong) : Line.Of("OrleansChat", Style.Strong);
        var me = $"{picture.Names.Of(picture.Me.Id)} ●";
        var space = Width - title.Width - TextWidth.Of(me) - 5;
        if (picture.Room?.Topic is { Length: > 0 } topic && space > 8) title = title.And($"  {TextWidth.Clip(topic.Replace('\n', ' '), space)}", Style.Quiet);
        frame.Put(0, 0, Width, title.AndAtRight(me, new(picture.IsConnected ? 2 : 1), Width));
    }

    private string Rule(char crossing)
    {
        var rule = new string('─', Width).ToCharArray();
        if (Rooms > 0) rule[Rooms + 1] = crossing;
        if (Members > 0) rule[Width - Members - 2] = crossing;
        return new(rule);
    }

    private void Pane(Frame frame, int column, int width, IReadOnlyList<Line> lines, bool atBottom = false)
    {
        var above = atBottom ? Body - lines.Count : 0;
        for (var row = 0; row < Body; row++) frame.Put(row + 2, column, width, row - above >= 0 && row - above < lines.Count ? lines[row - above] : Line.Empty);
    }

    private List<Line> RoomLines(Picture picture)
    {
        var lines = new List<Line>();
        foreach (var room in picture.Rooms)
        {
            var count = room.Mentions > 0 ? $"@{Math.Max(room.Unread, room.Mentions)}" : room.Unread > 0 ? $"{Math.Min(room.Unread, 999)}" : "";
            var name = TextWidth.Clip($"{(room.IsDirect ? "" : "#")}{picture.TitleOf(room)}", Rooms - count.Length - 1);
            var line = Line.Of(name, new(Bold: room.Unread > 0, Reverse: room == picture.Room));
            lines.Add(count.Length > 0 ? line.AndAtRight(count, room.Mentions > 0 ? new(1, Bold: true) : new(3, Bold: true), Rooms) : line);
        }

        // The one that is open is always in sight.
        var open = lines.Count > Body ? picture.Rooms.ToList().IndexOf(picture.Room!) : 0;
        return [.. lines.Skip(Math.Clamp(open - Body / 2, 0, Math.Max(0, lines.Count - Body)))];
    }

    private List<Line> MemberLines(Picture picture)
    {
        if (picture.Room is not { } room) return [];
        var here = room.OnlineCount ?? room.Members.Values.Count(member => member.Online);
        var lines = new List<Line> { Line.Of($"{here} here, {room.Members.Count} in all", Style.Quiet) };
        foreach (var member in room.Members.Values.OrderBy(it => !it.Online).ThenBy(it => picture.Names.Of(it.User), StringComparer.OrdinalIgnoreCase).Take(Body - 1))
        {
            var mark = member.Role switch { "owner" => " ★", "moderator" => " ☆", _ => "" };
            var name = TextWidth.Clip(picture.Names.Of(member.User), Members - 2 - mark.Length);
            lines.Add(Line.Of(member.Online ? "● " : "○ ", member.Online ? new(2) : Style.Quiet).And(name, member.Online ? Style.Plain : Style.Quiet).And(mark, new(3)));
        }

        return lines;
    }

    /// <summary>The rule above the line that is written, with what there is to say at the moment.</summary>
    private Line Under(Picture picture)
    {
        var rule = Rule('┴');
        if (picture.Banner is not { Length: > 0 } banner) return Line.Of(rule, Style.Quiet);
        var said = TextWidth.Clip(banner, Width - 6);
        return Line.Of("── ", Style.Quiet).And(said, picture.IsAlarm ? new(1, Bold: true) : new(3)).And($" {rule[Math.Min(rule.Length, TextWidth.Of(said) + 4)..]}", Style.Quiet);
    }

    private void Input(Frame frame, Picture picture)
    {
        const string Prompt = "› ";
        var (shown, column) = picture.Input.Window(Width - Prompt.Length - 1);
        frame.Put(Height - 1, 0, Width, Line.Of(Prompt, new(6, Bold: true)).And(shown, Style.Plain));
        frame.Cursor = (Height - 1, Prompt.Length + column);
    }
}

/// <summary>All that is to be seen, in one moment.</summary>
internal sealed record Picture(
    ChatUser Me, Names Names, IReadOnlyList<RoomView> Rooms, RoomView? Room, IReadOnlyList<Line> Messages, InputLine Input, string? Banner, bool IsAlarm, bool IsConnected)
{
    /// <summary>A direct room is called like the other one in it.</summary>
    public string TitleOf(RoomView room) => room.IsDirect ? Names.Of(OtherIn(room.Id, Me.Id)) : room.Name;

    public static string OtherIn(string direct, string me) => direct[3..].Split('+') is [var a, var b] ? a == me ? b : a : direct;
}
