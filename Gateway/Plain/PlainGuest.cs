using System.Text;
using Microsoft.AspNetCore.Connections;
using OrleansChat.Client;
using OrleansChat.Engine;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Plain;

/// <summary>
/// Somebody at a plain connection: at once a guest in a room, where each of their lines is a message. What everyone
/// else says there, or to them alone, comes as lines.
/// </summary>
internal sealed partial class PlainGuest(Edge edge, OpenSockets sockets, IChat chat, ConnectionContext connection, LineWriter output) : IAsyncDisposable
{
    private const int MaxBytes = 4; // of a code point
    private const int KnownNames = 1_000;
    private const int Repeats = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5); // while a line waits for the rate; the peer's next lines wait in its socket
    private static readonly TimeSpan LeaveWithin = TimeSpan.FromSeconds(1);

    private readonly LineReader input = new(connection.Transport.Input, edge.Limits.Text * MaxBytes, edge.Time);
    private readonly Dictionary<string, string> names = [];
    private readonly CancellationTokenSource over = new(); // not with the peer's last word: what it sent before is still to be said
    private InnerConnection? inner;
    private Task telling = Task.CompletedTask;
    private volatile bool leaving; // by the peer's own wish, which needs no goodbye
    private string me = "";
    private volatile string room = edge.Options.Value.Plain.Room;

    private ChatConnection Chat => inner!.Chat;

    /// <summary>Until one side has said all.</summary>
    public async Task Talk()
    {
        if (!await Enter($"Guest {Random.Shared.Next(1000, 10_000)}")) return;
        try
        {
            await foreach (var line in input.ReadAll(over.Token))
            {
                if (!await Take(line)) break;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException or ConnectionAbortedException or ChatClosedException)
        {
            // The peer is gone, or the connection to the chat has ended: that was told.
        }
    }

    /// <summary>Comes in under a name. False: the server does not want this guest, and has said why.</summary>
    private async Task<bool> Enter(string name)
    {
        var opened = new InnerConnection(edge, sockets);
        try
        {
            var welcome = await opened.Chat.Hello(guest: name, cancel: over.Token);
            await opened.Chat.Join(room, cancel: over.Token);
            await Leave();
            (inner, me) = (opened, welcome.User.Id);
            telling = Tell(opened.Chat);
            _ = BreakOff(opened, telling);
            return true;
        }
        catch (Exception e) when (e is ChatException or ChatClosedException)
        {
            await opened.DisposeAsync();
            await output.Refuse(e is ChatException refused ? refused.Error.Message : "The server is going down.");
            return false;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <returns>Whether they go on.</returns>
    private async Task<bool> Take(string? line)
    {
        if (line is null)
        {
            await output.Refuse($"A line is at most {edge.Limits.Text} characters.");
            return true;
        }

        var text = Spoken(line);
        if (text.Length == 0) return true;
        if (text[0] == '/' && !text.StartsWith("//", StringComparison.Ordinal)) return await Obey(text[1..]);
        await Post(room, text[0] == '/' ? text[1..] : text);
        return true;
    }

    /// <summary>Says something, once, however often it takes. A peer that is too quick is slowed down by not being read meanwhile.</summary>
    private async Task Post(string where, string text)
    {
        var key = Guid.NewGuid().ToString("N");
        for (var repeats = 0; ; repeats++)
        {
            try
            {
                await Chat.Post(where, text, key, cancel: over.Token);
                return;
            }
            catch (ChatException e) when (e.IsPassing && repeats < Repeats && (e.RetryAfter ?? TimeSpan.FromSeconds(1)) is var wait && wait <= Patience)
            {
                await Task.Delay(wait, edge.Time, over.Token);
            }
            catch (ChatException e)
            {
                await output.Refuse(e.Error.Message);
                return;
            }
        }
    }

    /// <summary>Passes on what is said, until the connection to the chat ends.</summary>
    private async Task Tell(ChatConnection heard)
    {
        try
        {
            await foreach (var push in heard.Pushes.ReadAllAsync())
            {
                if (push is ChatPush.Gone gone && gone.Room == room) await output.Refuse("This room is no more. /join another one.");
                if (push is not ChatPush.Events { Room: var where, List: var events }) continue;
                foreach (var e in events) await Tell(where, e);
            }

            if (leaving) return;
            if (await heard.Closed is { Reason.Length: > 0 } end) await output.Refuse($"Goodbye: {end.Reason}.");
        }
        catch (Exception) when (connection.ConnectionClosed.IsCancellationRequested)
        {
            // nobody is there to be told
        }
        finally
        {
            if (!leaving) await over.CancelAsync();
        }
    }

    /// <summary>A peer that does not even read why it is let go is broken off: it would keep its place for ever.</summary>
    private async Task BreakOff(InnerConnection ended, Task told)
    {
        await ended.Ended;
        if (await Task.WhenAny(told, Task.Delay(LeaveWithin, edge.Time)) != told) connection.Abort();
    }

    private async Task Tell(string where, ChatEvent e)
    {
        if (where == room && e.Removes(me) && e.Kind != "left") await output.Refuse($"You were removed from {where}. /join another room.");
        if (e.By == me || e.Deleted || e.Text is null || e.Kind is not ("message" or "edited")) return;
        var name = await NameOf(e.By);
        if (where.StartsWith("dm:", StringComparison.Ordinal)) name += " (to you)";
        else if (where != room) return; // of a room that they have just left
        if (e.Kind == "edited") name += " (edited)";
        await output.Says(name, e.Text);
    }

    private async Task<string> NameOf(string user)
    {
        if (names.TryGetValue(user, out var known)) return known;
        if (names.Count >= KnownNames) names.Clear();
        try
        {
            return names[user] = (await chat.User(UserId.Parse(user)).Status())?.Name ?? user;
        }
        catch (UnavailableException)
        {
            return user;
        }
    }

    /// <summary>Without what no message may have: old programs send zeros, bells and the commands of terminals.</summary>
    private static string Spoken(string line) =>
        string.Concat(line.EnumerateRunes().Where(rune => !Rune.IsControl(rune) || rune.Value == '\t')).Trim();

    /// <summary>Such a guest cannot come back, and is not to stay among the members.</summary>
    private async Task Leave()
    {
        if (inner is null) return;
        leaving = true;
        try
        {
            await Chat.Leave(room).WaitAsync(LeaveWithin, edge.Time);
        }
        catch (Exception e) when (e is ChatException or ChatClosedException or TimeoutException)
        {
            // no member any more, or the server is going down
        }

        await inner.DisposeAsync();
        await telling;
        leaving = false;
    }

    public async ValueTask DisposeAsync()
    {
        await Leave();
        over.Dispose();
        output.Dispose();
    }
}
