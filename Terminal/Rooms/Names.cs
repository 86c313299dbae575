using OrleansChat.Client;

namespace OrleansChat.Terminal.Rooms;

/// <summary>What people are called, by their ids; always harmless to a terminal.</summary>
internal sealed class Names
{
    private const int AtOnce = 100; // ids that one "who" takes

    private readonly Dictionary<string, string> known = [];

    public void Learn(string user, string name) => known[user] = PlainText.Harmless(name);

    public bool Knows(string user) => known.ContainsKey(user);

    /// <summary>The name, or the id of somebody of whom nothing else is known.</summary>
    public string Of(string user) => known.GetValueOrDefault(user) ?? PlainText.Harmless(user);

    /// <summary>Asks for those who are not known; whom the server does not know either keeps the id for a name.</summary>
    public async Task Ask(ChatClient chat, IEnumerable<string> users, CancellationToken cancel)
    {
        foreach (var some in users.Where(user => !Knows(user)).Distinct().Chunk(AtOnce))
        {
            foreach (var user in some) Learn(user, user);
            foreach (var person in await chat.Who(some, cancel)) Learn(person.User, person.Name);
        }
    }
}
