using System.Collections.Concurrent;
using OrleansChat.Client;

namespace OrleansChat.Tests.Gateway;

/// <summary>A call to a node that dies fails, or is never answered. That is no reason for a socket, a room or a loop of the edge to end.</summary>
public sealed class CallsThatFail
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    [Fact]
    public async Task One_users_failing_beat_is_no_other_users()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var server = await ShakyChat.Start(time);
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        await using var cleo = await server.Enter("cleo");
        var told = new ConcurrentDictionary<string, int>();
        var all = new TaskCompletionSource();
        server.Get<ShakyChat>().Before = (call, user) =>
        {
            if (call != "User.Seen") return Task.CompletedTask;
            told.AddOrUpdate(user, 1, (_, times) => times + 1);
            if (told.Count == 3 && told.Values.Min() > 1) all.TrySetResult(); // also in the round after the one that failed
            throw ShakyChat.Fault();
        };
        await time.Until(all.Task, TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_user_whose_object_never_answers_holds_up_neither_the_others_nor_the_stop()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var server = await ShakyChat.Start(time);
        await using var ada = await server.Enter("ada");
        await using var bob = await server.Enter("bob");
        var hangs = new TaskCompletionSource();
        var goesOn = new TaskCompletionSource();
        server.Get<ShakyChat>().Before = (call, user) =>
        {
            if (call != "User.Seen") return Task.CompletedTask;
            if (hangs.TrySetResult()) return Never; // whoever comes first
            goesOn.TrySetResult();
            return Task.CompletedTask;
        };
        await time.Until(goesOn.Task, TimeSpan.FromSeconds(10));
        var stop = server.Stop();
        await time.Until(stop, TimeSpan.FromSeconds(8));
        await stop;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_goodbye_is_said_though_the_users_object_cannot_be_told(bool hangs)
    {
        await using var server = await ShakyChat.Start();
        await using var ada = await server.Enter("ada");
        server.Get<ShakyChat>().Before = (call, _) => call is "User.Detach" or "User.SeenNoMore"
            ? hangs ? Never : throw ShakyChat.Fault()
            : Task.CompletedTask;
        var stopping = server.Stop();
        await ada.Next<ChatPush.Bye>();
        Assert.Equal(1012, await ada.Closed());
        await stopping;
    }

    [Fact]
    public async Task Somebody_who_could_not_be_let_go_comes_back()
    {
        await using var server = await ShakyChat.Start();
        var bob = await server.Enter("bob");
        server.Get<ShakyChat>().Before = (call, _) => call is "User.Detach" or "User.SeenNoMore" ? throw ShakyChat.Fault() : Task.CompletedTask;
        await bob.DisposeAsync();
        await using var again = await bob.Again();
        await again.NewRoom();
    }

    [Fact]
    public async Task A_hello_that_could_not_be_carried_out_is_unavailable_and_its_repeat_is_not()
    {
        await using var server = await ShakyChat.Start();
        var (_, token) = await server.Account("bob");
        await using var chat = await ChatConnection.Connect(server.Socket);
        foreach (var failing in new[] { "User.Attach", "User.Seen" })
        {
            server.Get<ShakyChat>().Before = (call, _) => call == failing || call is "User.Detach" or "User.SeenNoMore" ? throw ShakyChat.Fault() : Task.CompletedTask;
            Assert.Equal("unavailable", (await Assert.ThrowsAsync<ChatException>(() => chat.Hello(token))).Code);
        }

        server.Get<ShakyChat>().Before = (_, _) => Task.CompletedTask;
        await chat.Hello(token).WaitAsync(ChatServer.Patience);
    }

    [Fact]
    public async Task A_room_that_could_not_be_let_go_is_opened_again_for_whoever_comes()
    {
        await using var server = await ShakyChat.Start();
        var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        var failed = new TaskCompletionSource();
        server.Get<ShakyChat>().Before = (call, about) =>
            call == "Room.Detach" && about == room && failed.TrySetResult() ? throw ShakyChat.Fault() : Task.CompletedTask;
        await ada.DisposeAsync();
        await failed.Task.WaitAsync(ChatServer.Patience);
        await using var again = await ada.Again();
        await using var bob = await server.Enter("bob");
        await bob.Join(room);
        await bob.Chat.Typing(room); // which no log repairs
        Assert.Equal(bob.Id, (await again.Next<ChatPush.Typing>()).User);
    }

    [Fact]
    public async Task Who_came_is_told_to_the_room_again_when_it_did_not_hear_it()
    {
        await using var server = await ShakyChat.Start();
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        await ada.Has<ChatPush.Presence>();
        await using var bob = await server.Enter("bob");
        var failed = false;
        server.Get<ShakyChat>().Before = (call, _) =>
            call == "Room.Report" && !failed && (failed = true) ? throw ShakyChat.Fault() : Task.CompletedTask;
        await bob.Join(room);
        await ada.Next<ChatPush.Presence>(news => news.Online!.Contains(bob.Id));
        Assert.True(failed);
    }

    [Fact]
    public async Task After_a_sleep_longer_than_a_lease_the_rooms_are_told_again_who_is_here()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var server = await ShakyChat.Start(time);
        await using var ada = await server.Enter("ada");
        var room = await ada.NewRoom();
        await ada.Has<ChatPush.Presence>();
        var told = new TaskCompletionSource();
        server.Get<ShakyChat>().Before = (call, about) =>
        {
            if (call == "Room.Report" && about == room) told.TrySetResult();
            return Task.CompletedTask;
        };
        time.Sleep(TimeSpan.FromSeconds(30));
        await time.Until(told.Task, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_node_whose_reading_could_not_be_reported_reports_the_next()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var server = await ShakyChat.Start(time);
        await using var root = await server.Enter("root", admin: true);
        await root.Chat.Watch();
        var failures = new ConcurrentDictionary<string, bool>();
        server.Get<ShakyChat>().Before = (call, _) =>
            call is "Metrics.Report" or "Metrics.Latest" && failures.TryAdd(call, true) ? throw ShakyChat.Fault() : Task.CompletedTask;
        await time.Until(Task.Run(() => SpinWait.SpinUntil(() => failures.Count == 2, ChatServer.Patience)), TimeSpan.FromSeconds(30));
        var metrics = root.Next<ChatPush.Metrics>();
        await time.Until(metrics, TimeSpan.FromSeconds(10));
    }
}
