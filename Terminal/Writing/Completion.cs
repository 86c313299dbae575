namespace OrleansChat.Terminal.Writing;

/// <summary>What the word before the cursor may become; Tab again takes the next.</summary>
internal sealed class Completion
{
    private readonly InputLine from;
    private readonly int start;
    private readonly IReadOnlyList<string> choices;
    private int at = -1;

    private Completion(InputLine from, int start, IReadOnlyList<string> choices) => (this.from, this.start, this.choices) = (from, start, choices);

    /// <param name="people">Ids and names.</param>
    public static Completion? Of(InputLine line, IEnumerable<string> rooms, IEnumerable<(string User, string Name)> people)
    {
        var before = line.Text[..line.At];
        var start = before.LastIndexOfAny([' ', '\n']) + 1;
        var word = before[start..];
        var command = before.StartsWith('/') ? before[1..].Split(' ')[0] : null;
        var choices = command is not null && start == 0 ? Command.All.Select(it => $"/{it.Name}").Where(it => Begins(it, word))
            : command is "join" or "leave" ? rooms.Where(room => Begins(room, word))
            : word.StartsWith('@') ? People(people, word[1..]).Select(user => $"@{user}")
            : command is "dm" or "who" or "invite" or "kick" or "ban" ? People(people, word)
            : [];
        return choices.Distinct().Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } found ? new(line, start, found) : null;
    }

    private static IEnumerable<string> People(IEnumerable<(string User, string Name)> people, string word) =>
        people.Where(person => Begins(person.User, word) || Begins(person.Name, word)).Select(person => person.User);

    private static bool Begins(string choice, string word) => choice.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    public InputLine Next(int step)
    {
        at = at < 0 && step < 0 ? choices.Count - 1 : (at + step + choices.Count) % choices.Count;
        var text = $"{from.Text[..start]}{choices[at]} ";
        return new(text + from.Text[from.At..].TrimStart(' '), text.Length);
    }
}
