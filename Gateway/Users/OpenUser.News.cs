using OrleansChat.Engine;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Users;

/// <summary>What reaches a user's connections, and what happens when it does not.</summary>
public sealed partial class OpenUser
{
    // What follows is guarded by the lock.
    private long received;
    private (Guid Life, long Missed)? settled; // how the last count came out; what was missed until then has been read
    private bool behind; // something could not be read when it should have been

    /// <summary>
    /// Compares what was sent to this edge with what came. Where it is not the same, or the user's object began to count
    /// anew, the storage is read. News that are on their way make it read once too often, which changes nothing.
    /// </summary>
    /// <exception cref="UnavailableException">The storage was not read; the next count does it.</exception>
    public async Task Count(NewsMark sent)
    {
        (Guid Life, long Missed) count;
        lock (connections)
        {
            if (closed) return;
            count = (sent.Life, sent.Count - received);
            if (!behind && count == (settled ?? (sent.Life, 0)))
            {
                settled = count;
                return;
            }

            behind = false;
        }

        try
        {
            await ReadAll();
        }
        catch
        {
            lock (connections) behind = true;
            throw;
        }

        lock (connections)
        {
            // What is missing may be on its way still, and once here it would hide the next that gets lost: read once more.
            behind |= count.Missed > settled?.Missed;
            settled = count;
        }
    }

    private void Receive(UserNews news)
    {
        lock (connections) received++;
        switch (news)
        {
            case UserNews.Entered(var room, var seq):
                foreach (var connection in Now()) connection.Entered(room, seq);
                break;
            case UserNews.SignedOut(var session):
                foreach (var connection in Now().Where(c => session is null || c.Session == session)) connection.SignedOut();
                break;
            case UserNews.BlocksChanged:
                _ = ReadBlocks();
                break;
        }
    }

    private async Task ReadBlocks()
    {
        try
        {
            await ReadBlocked();
        }
        catch (UnavailableException)
        {
            lock (connections) behind = true; // a notice too many, until the next count
        }
    }

    /// <summary>All that news may have told: whom the user blocks, which of the sessions ended, and where they are a member.</summary>
    private async Task ReadAll()
    {
        await ReadBlocked();
        var here = Now();
        foreach (var session in here.GroupBy(connection => connection.Session))
        {
            // As of the beginning of time, when none was over yet: it is asked whether somebody ended it.
            if (await storage.FindSession(session.Key, DateTimeOffset.UnixEpoch) is not null) continue;
            foreach (var connection in session) connection.SignedOut();
        }

        foreach (var room in await storage.RoomsOf(id))
        {
            foreach (var connection in here) connection.Entered(room.Room, room.Since);
        }
    }
}
