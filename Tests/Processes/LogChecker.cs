using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>
/// Judges a run by what clients may rely on (docs/PROTOCOL.md): the log has every answered post exactly once and where
/// the answer said, no holes, and every client saw a stretch of the log itself. It knows nothing of how the server is
/// made: one process or many.
/// </summary>
public static class LogChecker
{
    private const int Enough = 20; // faults of a kind; a broken run would name thousands

    /// <param name="logs">Every room's log, as storage has it.</param>
    /// <returns>What is wrong, in sentences; nothing where all is as promised.</returns>
    public static IReadOnlyList<string> Faults(ChatRecord record, IReadOnlyDictionary<string, IReadOnlyList<ChatEvent>> logs) =>
    [
        .. logs.SelectMany(log => Numbers(log.Key, log.Value)).Take(Enough),
        .. Posts(record, logs).Take(Enough),
        .. record.Views.SelectMany(view => View(view, logs.GetValueOrDefault(view.Room, []))).Take(Enough),
    ];

    /// <summary>A room's numbers are 1…n without a hole, and its times do not run backwards.</summary>
    private static IEnumerable<string> Numbers(string room, IReadOnlyList<ChatEvent> log)
    {
        for (var i = 0; i < log.Count; i++)
        {
            if (log[i].Seq != i + 1) yield return $"The log of {room} has number {log[i].Seq} where {i + 1} belongs.";
            if (i > 0 && log[i].At < log[i - 1].At) yield return $"Event {log[i].Seq} of {room} is earlier than the one before it.";
        }
    }

    /// <summary>An answered post is there once, with the number and time that were answered; an unanswered one at most once.</summary>
    private static IEnumerable<string> Posts(ChatRecord record, IReadOnlyDictionary<string, IReadOnlyList<ChatEvent>> logs)
    {
        var stored = logs.SelectMany(log => log.Value.Where(e => e.Kind == "message").Select(e => (Room: log.Key, Event: e)))
            .ToLookup(it => (it.Room, it.Event.By, it.Event.Text));
        foreach (var post in record.Posts)
        {
            var found = stored[(post.Room, post.User, post.Text)].Select(it => it.Event).ToList();
            if (found.Count > 1) yield return $"{Name(post)} is stored {found.Count} times: {string.Join(", ", found.Select(e => e.Seq))}.";
            if (post.Answer is not { } answer) continue;
            if (found.Count == 0) yield return $"{Name(post)} was answered as {answer.Seq} and is lost.";
            else if (!found.Exists(e => e.Seq == answer.Seq)) yield return $"{Name(post)} was answered as {answer.Seq} and is stored as {found[0].Seq}.";
            else if (found.Find(e => e.Seq == answer.Seq)!.At != answer.At) yield return $"{Name(post)} was answered with another time than is stored.";
        }

        var asked = record.Posts.Select(post => (post.Room, post.User, (string?)post.Text)).ToHashSet();
        foreach (var message in stored.Where(it => !asked.Contains(it.Key)))
        {
            yield return $"In {message.Key.Room} there is a message that nobody posted: '{message.Key.Text}' by {message.Key.By}.";
        }
    }

    private static string Name(Posted post) => $"The post '{post.Text}' by {post.User} in {post.Room}";

    /// <summary>What a client saw of a room is the log, from where it came in up to the head, once each and in order.</summary>
    private static IEnumerable<string> View(RoomView view, IReadOnlyList<ChatEvent> log)
    {
        if (view.Gaps > 0) yield return $"{view.User} was told of a gap in {view.Room}.";
        var last = view.From;
        foreach (var seen in view.Events)
        {
            if (seen.Seq != last + 1)
            {
                yield return $"{view.User} saw number {seen.Seq} of {view.Room} after {last}.";
                yield break;
            }

            last = seen.Seq;
            if (last > log.Count || log[(int)last - 1] != seen)
            {
                yield return $"{view.User} saw another event {last} in {view.Room} than the log has: {seen}.";
                yield break;
            }
        }

        if (last < log.Count) yield return $"{view.User} saw {view.Room} only up to {last} of {log.Count}.";
    }

    /// <summary>What the wire's <c>history</c> tells of a room is what its log has.</summary>
    public static IEnumerable<string> HistoryFaults(string room, IReadOnlyList<ChatMessage> history, IReadOnlyList<ChatEvent> log)
    {
        var told = history.Select(message => (message.Seq, message.At, message.By, message.Text));
        var stored = log.Where(e => e.Kind == "message").Select(e => (e.Seq, e.At, e.By, e.Text));
        if (!told.SequenceEqual(stored)) yield return $"The history of {room} is not what its log has.";
    }
}
