using System.Diagnostics;
using OrleansChat.Tests.Processes;

namespace OrleansChat.Tests.Cluster.Processes;

/// <summary>
/// Three real nodes under load that are killed, frozen, cut off from their database and restarted in turn: what was
/// answered stays, once each and in one order for all. How long each fault kept rooms from answering is reported, not
/// judged: that depends on the machine. The long form:
/// <c>CHAT_LONG=1 CHAT_REPORT=faults.md dotnet test Tests.Cluster -c Release --filter NodesThatFail --logger "console;verbosity=detailed"</c>.
/// </summary>
[Collection(OrleansChat.Tests.Processes.Processes.Name)]
public sealed class NodesThatFail(ITestOutputHelper output)
{
    private static readonly int People = Run.Long ? 200 : 30;
    private static readonly int Rooms = Run.Long ? 50 : 12;
    private static readonly int Kills = Run.Long ? Run.Kills : 2;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(Run.Long ? 4 : 1);
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(Run.Long ? 30 : 10);
    private static readonly TimeSpan[] DownFor = Run.Long ? [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)] : [TimeSpan.Zero, TimeSpan.FromSeconds(10)];
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(Run.Long ? 3 : 1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Random random = new(Run.Seed.GetHashCode());
    private readonly FaultReport report = new();
    private ThreeNodes nodes = null!;
    private Crowd crowd = null!;

    [Fact]
    public async Task Nothing_is_lost_doubled_or_out_of_order_whatever_fails()
    {
        output.WriteLine($"CHAT_SEED={Run.Seed}");
        await using var cluster = nodes = await ThreeNodes.Start();
        await using var people = crowd = await Crowd.Gather(nodes.Sockets, People, Rooms, Pace);
        await using var mirror = await MirroredRoom.Of("room-1", nodes);
        try
        {
            await Suffer("none, for comparison", 1, _ => Task.Delay(Calm));
            await Suffer($"SIGKILL, started again after {DownFor[0].TotalSeconds} s", (Kills + 1) / 2, _ => KillOne(DownFor[0]));
            await Suffer($"SIGKILL, started again after {DownFor[1].TotalSeconds} s", Kills / 2, _ => KillOne(DownFor[1]));
            await Suffer($"SIGSTOP for {Frozen.TotalSeconds} s", 1, _ => FreezeOne());
            await Suffer("PostgreSQL restarted", 1, _ => RestartPostgres());
            await Suffer("SIGTERM, all nodes in turn", nodes.Nodes.Count, turn => Terminate(nodes.Nodes[turn]), turn => nodes.Restart(nodes.Nodes[turn]));
            await mirror.HasAll();
        }
        catch
        {
            output.WriteLine(nodes.Said());
            throw;
        }
        finally
        {
            report.Keep(nodes.Said());
            output.WriteLine(report.ToString());
        }
    }

    /// <summary>Lets a fault happen some times while people talk, and has the outcome judged when all is well again.</summary>
    /// <param name="mend">What follows once all rooms answer again; its cost is told apart.</param>
    private async Task Suffer(string fault, int times, Func<int, Task> strike, Func<int, Task>? mend = null)
    {
        if (times == 0) return;
        var began = Stopwatch.GetTimestamp();
        var (struck, mended) = (new List<TimeSpan>(), new List<TimeSpan>());
        crowd.StartTalking();
        for (var i = 0; i < times; i++)
        {
            await Answered(Stopwatch.GetTimestamp());
            await Task.Delay(Calm);
            var turn = i;
            struck.AddRange(await Refusals(() => strike(turn)));
            if (mend is not null) mended.AddRange(await Refusals(() => mend(turn)));
            await nodes.AllReady();
        }

        await crowd.Settle();
        await crowd.Check(nodes.Storage);
        report.Add(new(times > 1 ? $"{fault}, {times} times" : fault, crowd.Times.Since(began), struck, mended,
            await nodes.Membership.FalseOnes(), nodes.EndedByThemselves().Count, crowd.Troubles.Tell()));
        report.Keep(nodes.Said());
    }

    /// <summary>For how long each room refused posts, from the beginning of this until all rooms answer again.</summary>
    private async Task<IReadOnlyList<TimeSpan>> Refusals(Func<Task> during)
    {
        var from = Stopwatch.GetTimestamp();
        await during();
        var to = Stopwatch.GetTimestamp();
        await Answered(to);
        return crowd.Times.LongestRefusals(from, to);
    }

    /// <summary>Waits until every room has answered something that was sent after this moment.</summary>
    private async Task Answered(long since)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!crowd.Times.SentSince(since, Rooms)) await Task.Delay(50, patience.Token);
    }

    private async Task KillOne(TimeSpan downFor)
    {
        var node = nodes.Nodes[random.Next(nodes.Nodes.Count)];
        await nodes.Kill(node);
        await Task.Delay(downFor);
        await nodes.Restart(node);
        await nodes.AllReady(); // what its return costs is part of the fault
    }

    private async Task FreezeOne()
    {
        var node = await nodes.Busiest(); // one that has just come back would have nothing to lose
        await nodes.Freeze(node);
        await Task.WhenAll(Task.Delay(Frozen), Answered(Stopwatch.GetTimestamp())); // its rooms live on elsewhere while it sleeps
        await node.Thaw();
        await nodes.AllReady();
    }

    private async Task RestartPostgres()
    {
        await nodes.Postgres.Stop();
        await nodes.Postgres.Start();
        await nodes.AllReady();
    }

    private async Task Terminate(SiloProcess node)
    {
        var (exitCode, took) = await nodes.Terminate(node);
        report.Note($"Node {node.Number} ended {FaultReport.Span(took)} after SIGTERM, with exit code {exitCode}.");
        Assert.Equal(0, exitCode);
    }
}
