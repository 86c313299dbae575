using OrleansChat.Bench.Load;
using OrleansChat.Bench.Peers;

namespace OrleansChat.Bench.Works;

/// <summary>A server under load for one turn.</summary>
internal static class Served
{
    /// <summary>Starts the server, brings everybody in, and hands them over on a thread with a core of its own.</summary>
    public static async Task<T> With<T>(Peer peer, Turn turn, IReadOnlyList<Client> clients, Func<Crowd, ServerProcess, T> measure)
    {
        await using var server = await peer.Start(turn.Folder, Machine.FreePort());
        return await OnOwnCore(() =>
        {
            peer.Enroll(server.Port, clients);
            using var crowd = Crowd.Connect(peer, server.Port, clients);
            return measure(crowd, server);
        });
    }

    /// <summary>So many rooms with so many members each.</summary>
    public static IReadOnlyList<Client> Clients(int rooms, int members) =>
        [.. Enumerable.Range(0, rooms * members).Select(number => new Client(number, number / members))];

    /// <summary>Runs something on a thread with a core of its own, where there are two.</summary>
    public static Task OnOwnCore(Action work) => OnOwnCore(() =>
    {
        work();
        return true;
    });

    /// <summary>Runs something on a thread with a core of its own, where there are two.</summary>
    public static Task<T> OnOwnCore<T>(Func<T> work) => OnCore(Machine.LoadCore, work);

    /// <summary>Runs something on a thread that keeps to one core.</summary>
    public static async Task<T> OnCore<T>(int core, Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                Machine.KeepTo(core);
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = $"core {core}" }.Start();
        return await done.Task;
    }
}
