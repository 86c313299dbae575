using System.Globalization;
using OrleansChat.Tests.Processes;

namespace OrleansChat.Tests.Cluster.Processes;

/// <summary>A node of a cluster as a real process, with both roles and ports of its own.</summary>
public sealed class SiloProcess : ServerProcess
{
    private SiloProcess(int number, int siloPort, (string Key, string Value)[] settings)
        : base("OrleansChat.Silo.dll", settings) => (Number, SiloPort) = (number, siloPort);

    /// <summary>From 1.</summary>
    public int Number { get; }

    public int SiloPort { get; }

    /// <summary>A node that has yet to be started.</summary>
    public static SiloProcess NotStarted(int number, params (string Key, string Value)[] settings)
    {
        var siloPort = FreePort();
        return new(number, siloPort,
        [
            ("node", Text(number)), ("Cluster:SiloPort", Text(siloPort)), ("Cluster:ClientPort", Text(FreePort())), .. settings,
        ]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
