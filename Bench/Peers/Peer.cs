using OrleansChat.Bench.Load;

namespace OrleansChat.Bench.Peers;

/// <summary>A server that is measured: how it is made and started, and what a client says to it.</summary>
public abstract class Peer
{
    public abstract string Name { get; }

    /// <summary>What it keeps of a message, for the table: "nothing", "memory", "SQLite, durably" …</summary>
    public virtual string Keeps => "nothing";

    /// <summary>How long it must be under load before it is measured: a runtime that compiles in tiers needs a while.</summary>
    public virtual TimeSpan WarmUp => TimeSpan.FromSeconds(2);

    /// <summary>What a client says from time to time to be kept; null when it need not.</summary>
    public virtual byte[]? SignOfLife => null;

    /// <summary>Builds or fetches what it needs. Null, or why it cannot run here, naming the package to install.</summary>
    public abstract Task<string?> Prepare();

    /// <summary>Whether a client that comes back gets what it missed.</summary>
    public virtual bool Resumes => false;

    /// <summary>Whether it answers <c>GET /</c> with a page.</summary>
    public virtual bool HasPage => false;

    /// <summary>Whether it has everybody again after a restart in the same folder.</summary>
    public virtual bool Restarts => false;

    /// <summary>Its version, for the report. Asked after <see cref="Prepare"/>.</summary>
    public abstract string Version { get; }

    /// <summary>Starts it on a port of this machine.</summary>
    /// <param name="folder">An empty one of its own.</param>
    public abstract Task<ServerProcess> Start(string folder, int port);

    /// <summary>Makes rooms and members, where a server wants to know them before they come.</summary>
    public virtual void Enroll(int port, IReadOnlyList<Client> clients)
    {
    }

    /// <summary>One client's way into its room, to the moment from which it gets what is posted there. Runs on several threads.</summary>
    public abstract void Enter(Dialogue dialogue, Client client);

    /// <summary>The text frame that posts a text to the client's room. The text needs no escaping.</summary>
    public abstract string Post(Client client, string text);
}
