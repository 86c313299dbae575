using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway.Rooms;

public sealed class Typing
{
    [Fact]
    public async Task Typing_is_passed_on_to_the_others_once_in_two_seconds()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var server = await ChatServer.Start(services => services.AddSingleton<TimeProvider>(time));
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var room = await ada.NewRoom();
        await bob.Join(room);
        Assert.Equal(0, await Heard(0)); // from here on bob surely has his seat, which comes after the answer
        for (var i = 0; i < 3; i++) await ada.Chat.Typing(room);
        time.Advance(TimeSpan.FromSeconds(1.9));
        await ada.Chat.Typing(room);
        Assert.Equal(1, await Heard(1));
        time.Advance(TimeSpan.FromSeconds(0.2));
        await ada.Chat.Typing(room);
        await bob.Chat.Typing(room); // each has a pause of their own, and does not hear themselves
        Assert.Equal(2, await Heard(2));
        Assert.Equal([bob.Id], ada.Seen.OfType<ChatPush.Typing>().Select(news => news.User));

        // Typing is told in the order of the room's turns, and so is a post behind it.
        async Task<int> Heard(int times)
        {
            var end = await ada.Say(room, $"That was {times}");
            foreach (var person in new[] { ada, bob })
            {
                while (person.SeenOf(room).LastOrDefault()?.Seq != end) await person.Next<ChatPush.Events>();
            }

            return bob.Seen.OfType<ChatPush.Typing>().Count(news => news.User == ada.Id);
        }
    }
}
