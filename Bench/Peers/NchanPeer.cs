using OrleansChat.Bench.Load;

namespace OrleansChat.Bench.Peers;

/// <summary>Nchan, a module for nginx: its publish and subscribe over one WebSocket, messages in memory.</summary>
/// <remarks>
/// It leaves Nagle's algorithm on, and no directive turns it off there. A second message within 40 ms then waits for the
/// client's acknowledgement of the first: one post at a time is slow by the clock, not by the processor.
/// </remarks>
public sealed class NchanPeer : PathPeer
{
    private string version = "";
    private volatile bool posted;

    public override string Name => "Nchan";

    public override string Keeps => "memory";

    public override bool Resumes => true;

    public override string Version => version;

    public override async Task<string?> Prepare()
    {
        version = await Debian.Version("libnginx-mod-nchan");
        return version == "" ? "apt-get install nginx libnginx-mod-nchan" : null;
    }

    public override async Task<ServerProcess> Start(string folder, int port)
    {
        posted = false;
        var configuration = await Debian.Configure(folder, "nchan.conf", port);
        return await ServerProcess.Start(folder, port, "/usr/sbin/nginx", ["-p", folder, "-c", configuration, "-e", "stderr"]);
    }

    /// <summary>
    /// Its messages are numbered by second and within it: who comes back asks for what follows the second before they
    /// first came in. Not before there is a message: 1.3.6 ends its worker on that (an assertion in spool.c).
    /// </summary>
    public override void Enter(Dialogue dialogue, Client client)
    {
        dialogue.Upgrade($"/{client.RoomName}{(posted && client.Ticket is { } second ? $"?last_event_id={second}:0" : "")}");
        client.Ticket ??= $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 1}";
    }

    public override string Post(Client client, string text)
    {
        posted = true;
        return text;
    }
}
