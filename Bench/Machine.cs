using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OrleansChat.Bench;

/// <summary>What is measured on, and who runs where: the load has a core of its own, the server has the first one.</summary>
internal static partial class Machine
{
    /// <summary>The server's core. One, on every machine: what is compared is work for each second of it.</summary>
    public const int ServerCore = 0;

    /// <summary>The load's core, where there are two.</summary>
    public const int LoadCore = 1;

    /// <summary>Whether the load has a core that the server does not.</summary>
    public static bool HasLoadCore => Environment.ProcessorCount > LoadCore;

    /// <summary>The machine in one line, for the report.</summary>
    public static string Description => FormattableString.Invariant($"{Environment.ProcessorCount} cores ({Processor}), {Memory:0} GiB, {System}, Linux {Kernel} with {CongestionControl}, .NET {Environment.Version}");

    /// <summary>What decides how much of TCP may be under way: it has a say in every figure, between two programs of one machine too.</summary>
    private static string CongestionControl => File.ReadAllText("/proc/sys/net/ipv4/tcp_congestion_control").Trim();

    private static string Kernel => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    private static string Processor => After("/proc/cpuinfo", "model name") is { Length: > 0 } name ? name : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>GiB of memory.</summary>
    private static double Memory => long.Parse(After("/proc/meminfo", "MemTotal").Split(' ')[0], null) / 1024.0 / 1024;

    private static string System => File.ReadLines("/etc/os-release").First(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))[12..].Trim('"');

    /// <summary>Keeps the calling thread, and those that it starts, to a core.</summary>
    public static unsafe void KeepTo(int core)
    {
        if (core >= Environment.ProcessorCount) return;
        var cores = 1UL << core;
        if (SetAffinity(0, sizeof(ulong), &cores) != 0) throw new Win32Exception();
    }

    /// <summary>A port of this machine on which nobody listens.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>The calling thread's time on a processor, in seconds.</summary>
    public static double ThreadSeconds()
    {
        // "time on the processor, time waiting for it, turns", in nanoseconds (Documentation/scheduler/sched-stats).
        var text = File.ReadAllText("/proc/thread-self/schedstat");
        return long.Parse(text.AsSpan(0, text.IndexOf(' ')), null) / 1e9;
    }

    private static string After(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "";

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static unsafe partial int SetAffinity(int thread, nint size, ulong* cores);
}
