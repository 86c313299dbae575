using System.Globalization;
using OrleansChat.Client;
using OrleansChat.Terminal.Rooms;

namespace OrleansChat.Terminal.Screen;

/// <summary>How a room's entries look, as lines of a width.</summary>
internal sealed class MessageLines(RoomView room, Names names, ChatUser me, int width)
{
    private const int Gutter = 5; // for a message's number, by which commands name it

    private static readonly TimeSpan Together = TimeSpan.FromMinutes(5);
    private static readonly int[] NameColours = [2, 3, 4, 5, 6, 9, 10, 12, 13, 14]; // each readable on dark and on light
    private static readonly Style Own = new(6, Bold: true);

    /// <summary>All lines of an entry: what stands above it depends on the one before.</summary>
    public IReadOnlyList<Line> Of(int index)
    {
        var entry = room.Entries[index];
        var before = index > 0 ? room.Entries[index - 1] : null;
        var lines = new List<Line>();
        var newDay = before is null || Day(before) != Day(entry);
        if (newDay) lines.Add(Rule(Day(entry).ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture), Style.Quiet));
        var isFirstNew = room.NewAfter is { } mark && entry.Seq > mark && (before is null || before.Seq <= mark);
        if (isFirstNew) lines.Add(Rule("new", new(1)));
        if (entry.Told is { } told) lines.AddRange(Told(told(names), entry.IsOurs));
        else lines.AddRange(Message(entry, newDay || isFirstNew || !Continues(entry, before)));
        return lines;
    }

    private static DateOnly Day(Entry entry) => DateOnly.FromDateTime(entry.At.LocalDateTime);

    private static bool Continues(Entry entry, Entry? before) =>
        before is { Told: null } && before.By == entry.By && entry.At - before.At < Together && entry.Reply is null;

    private Line Rule(string word, Style style) =>
        Line.Of($"── {word} {new string('─', Math.Max(0, width - TextWidth.Of(word) - 4))}", style);

    private IEnumerable<Line> Told(string words, bool ours) =>
        TextWidth.Wrap(words, width - Gutter).Select((line, i) => Line.Of($"{(i == 0 ? (ours ? "   » " : "   · ") : "     ")}{line}", ours ? new Style(3) : Style.Quiet));

    private IEnumerable<Line> Message(Entry entry, bool withAuthor)
    {
        if (withAuthor)
        {
            var name = TextWidth.Clip(names.Of(entry.By), Math.Max(4, width - 8));
            yield return Line.Of(name, NameStyle(entry.By, me.Id)).And($"  {entry.At.LocalDateTime:HH:mm}", Style.Quiet);
        }

        if (entry.Reply is { } target) yield return Line.Of(TextWidth.Clip($"{new string(' ', Gutter)}╭ {Quoted(target)}", width), Style.Quiet);
        var lines = entry.Deleted ? ["deleted"] : TextWidth.Wrap(Shown(entry.Text ?? ""), width - Gutter);
        var calls = entry.By != me.Id && Calls(entry.Text);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = Line.Of(i == 0 ? $"{entry.Seq,4} " : new(' ', Gutter), calls ? new(3, Bold: true) : Style.Quiet)
                .And(lines[i], entry.Deleted ? Style.Quiet : calls ? Style.Strong : Style.Plain);
            yield return entry is { Edited: true, Deleted: false } && i == lines.Count - 1 && line.Width + 9 <= width ? line.And(" (edited)", Style.Quiet) : line;
        }

        if (entry.Reactions.Count > 0) yield return Reactions(entry);
    }

    /// <summary>The same person has the same colour in every room and on every day.</summary>
    public static Style NameStyle(string user, string me) =>
        user == me ? Own : new(NameColours[user.Aggregate(17u, (sum, c) => sum * 31 + c) % NameColours.Length], Bold: true);

    private string Quoted(long target) => room.Find(target) switch
    {
        null => $"an earlier message, {target}",
        { Deleted: true } quoted => $"{names.Of(quoted.By)}: deleted",
        var quoted => $"{names.Of(quoted.By)}: {PlainText.Harmless(quoted.Text ?? "")}",
    };

    /// <summary>Harmless, and with people's names where they are called by their ids.</summary>
    private string Shown(string text) => Mention.Replace(PlainText.Harmless(text, lines: true), names);

    private bool Calls(string? text) => text?.Contains($"@{me.Id}", StringComparison.OrdinalIgnoreCase) is true;

    private Line Reactions(Entry entry) => new([
        new(new(' ', Gutter), default),
        .. entry.Reactions.Select(reaction => new Span(
            $"{reaction.Key} {reaction.Value.Count}  ", reaction.Value.Contains(me.Id) ? new Style(6) : Style.Quiet)),
    ]);
}
