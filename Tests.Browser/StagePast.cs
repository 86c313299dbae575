using Microsoft.AspNetCore.Identity;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using OrleansChat.Users;

namespace OrleansChat.Tests.Browser;

/// <summary>What had happened before anybody opened the page: people of all kinds, and rooms with all kinds of messages.</summary>
public static class StagePast
{
    public const string Password = "correct horse battery";

    /// <summary>Short names and long ones, from left to right and from right to left.</summary>
    public static readonly IReadOnlyDictionary<string, string> People = new Dictionary<string, string>
    {
        ["ada"] = "Ada Lovelace",
        ["bob"] = "Bob",
        ["joan"] = "Joan Clarke",
        ["layla"] = "ليلى حداد",
        ["max"] = "Maximiliane Freifrau von Hohenlohe-Waldenburg-Schillingsfürst",
        ["kenji"] = "健二",
        ["grace"] = "Grace",
    };

    private static readonly string[] Everybody = [.. People.Keys.Where(user => user != "ada")];

    public static async Task Write(IStorage storage)
    {
        var password = new PasswordHasher<string>().HashPassword("", Password);
        var began = DateTimeOffset.UtcNow.AddDays(-30);
        foreach (var (id, name) in People)
        {
            await storage.AddAccount(new(UserId.Parse(id), name, password, false, began, DateTimeOffset.UtcNow.AddHours(-id.Length * id.Length)));
        }

        await Launch(storage);
        await Lunch(storage);
        await Quiet(storage, "books", "Reading group", "grace", "What we read, and when we meet", ["ada", "joan"], "Chapter four for Monday, then?");
        await Quiet(storage, "donau", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", "max", "", ["ada"], "Wer hat noch eines?");
        await Quiet(storage, "sprint", "Sprint planning", "ada", "Who takes what", ["bob", "kenji"], "Estimates are in.", Visibility.Private);
        await Quiet(storage, "diwan", "ديوان", "layla", "كل ما نتحدث عنه", ["ada", "joan"], "أهلاً وسهلاً بكم جميعاً");
        await new Chronicle(RoomId.Parse("empty")) { Now = DateTimeOffset.UtcNow.AddDays(-9) }.Begins("ada", "New ideas", "Nothing is too early to be said").Write(storage);
        await new Chronicle(RoomId.Parse("garden")) { Now = DateTimeOffset.UtcNow.AddDays(-9) }.Begins("grace", "The garden", "Who waters what", Visibility.Public, "bob").Write(storage);
        await Direct(storage, "joan", "Have you seen the notes?", unread: 1);
        await Direct(storage, "bob", "See you at four.", unread: 0);
    }

    /// <summary>Everything that a message can be, over two days.</summary>
    private static async Task Launch(IStorage storage)
    {
        var room = new Chronicle(RoomId.Parse("launch")) { Now = Yesterday(hour: 15) };
        room.Begins("joan", "Launch day", "Version 1.0, on Thursday. The plan: https://example.org/launch/plan", Visibility.Public, ["ada", .. Everybody.Where(user => user != "joan")]);
        room.Happens("joan", new RoomEvent.RoleGiven(UserId.Parse("bob"), Role.Moderator));
        room.Says("joan", "The tests are green on all three machines.");
        room.Says("ada", "Lovely. Then we ship on *Thursday*?");
        var thursday = room.Says("bob", "Thursday it is!");
        room.React(thursday, "🎉", "ada", "joan", "kenji", "layla");
        room.React(thursday, "👍", "grace");
        room.Now += TimeSpan.FromMinutes(47);
        var killed = room.Says("bob", "I killed the server **forty times** last night, and not one message was lost.");
        room.Says("bob", "Like this:\n```\nfor i in $(seq 40); do\n  kill -9 \"$(pidof gateway)\"; sleep 60 # a line that is longer than any phone is wide, so that it scrolls\ndone\n```");
        room.Says("ada", "Forty times? Poor server.", reply: killed);
        var typo = room.Says("kenji", "おめでとう！ It did not complian.");
        room.Happens("kenji", new RoomEvent.Edited(typo, "おめでとう！ It did not complain."));
        var oops = room.Says("max", "wrong window");
        room.Happens("max", new RoomEvent.Deleted(oops));

        room.Now = Today(minutesAgo: 95);
        room.Says("layla", "صباح الخير! هل كل شيء جاهز ليوم الخميس؟ I have the English page, too.");
        room.Says("max", "> The notes for the release are ready\n\nRead them: https://example.org/releases/2026/11/a-rather-long-address-that-has-no-place-to-break/notes.html?version=1.0.0&language=de-DE#what-is-new");
        room.Says("max", "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetzesentwurfsbegründungsschreiben, and one `inline.Code<T>()`.");
        var asked = room.Says("grace", "@ada could you look at the last page? There is _one_ sentence that I cannot get right.", mentions: "ada");
        room.React(asked, "👀", "ada");
        room.Now = Today(minutesAgo: 12);
        room.Says("ada", "Looking now 📖");
        room.Says("ada", "Done:\n1. shorter sentences\n2. fewer of them");
        var thanks = room.Says("grace", "You are quick!", reply: asked);
        room.React(thanks, "❤️", "ada", "max");
        room.Says("joan", "🚀🚀🚀");
        room.Says("bob", "Cake at four, in the kitchen. There will be one with cherries and one without; whoever eats neither gets tea, and whoever eats both helps with the washing up.");
        room.Now += TimeSpan.FromMinutes(6);
        room.Says("joan", "I bring the candles.");
        await room.Write(storage);
        await storage.SaveReadMarks(RoomId.Parse("launch"), new Dictionary<UserId, long>
        {
            [UserId.Parse("ada")] = thanks - 1,
            [UserId.Parse("bob")] = room.Head,
            [UserId.Parse("joan")] = room.Head,
            [UserId.Parse("grace")] = room.Head - 1,
        });
    }

    /// <summary>Unread, and somebody is meant.</summary>
    private static async Task Lunch(IStorage storage)
    {
        var room = new Chronicle(RoomId.Parse("lunch")) { Now = Today(minutesAgo: 40) };
        room.Begins("grace", "Lunch", "What is there today?", Visibility.Public, "ada", "bob", "kenji");
        var head = room.Head;
        room.Says("grace", "Soup, they say.");
        for (var i = 1; i <= 11; i++) room.Says(i % 2 == 0 ? "kenji" : "bob", $"Then I know {i} better ideas.");
        room.Says("kenji", "@ada, @bob: who comes along at half past twelve?", mentions: ["ada", "bob"]);
        await room.Write(storage);
        await storage.SaveReadMarks(RoomId.Parse("lunch"), new Dictionary<UserId, long> { [UserId.Parse("ada")] = head });
    }

    private static async Task Quiet(
        IStorage storage, string id, string name, string by, string topic, string[] members, string last, Visibility visibility = Visibility.Public)
    {
        var room = new Chronicle(RoomId.Parse(id)) { Now = Yesterday(hour: 9) };
        room.Begins(by, name, topic, visibility, members);
        room.Says(by, last);
        await room.Write(storage);
        await storage.SaveReadMarks(RoomId.Parse(id), new Dictionary<UserId, long> { [UserId.Parse("ada")] = room.Head });
    }

    private static async Task Direct(IStorage storage, string other, string last, int unread)
    {
        var id = RoomId.Direct(UserId.Parse("ada"), UserId.Parse(other));
        var room = new Chronicle(id) { Now = Today(minutesAgo: 25) };
        room.Begins("ada", id.Value, visibility: Visibility.Private, members: other);
        room.Says("ada", "Good morning!");
        room.Says(other, last);
        await room.Write(storage);
        await storage.SaveReadMarks(id, new Dictionary<UserId, long> { [UserId.Parse("ada")] = room.Head - unread });
    }

    private static DateTimeOffset Yesterday(int hour) => new DateTimeOffset(DateTime.UtcNow.Date, TimeSpan.Zero).AddDays(-1).AddHours(hour);

    private static DateTimeOffset Today(int minutesAgo) => DateTimeOffset.UtcNow.AddMinutes(-minutesAgo);
}
