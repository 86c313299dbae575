using System.Net;
using System.Net.Sockets;

namespace OrleansChat.Tests.Browser;

/// <summary>The network between a browser and the server: it can be cut, and restored at the same address.</summary>
public sealed class Wire : IDisposable
{
    private readonly Uri server;
    private readonly List<TcpClient> ends = [];
    private TcpListener? listener;

    public Wire(Uri server)
    {
        this.server = server;
        Address = new($"http://127.0.0.1:{ChatServer.FreePort()}");
        Restore();
    }

    public Uri Address { get; }

    /// <summary>Whatever was connected is not any more, and nothing can connect.</summary>
    public void Cut()
    {
        listener?.Stop();
        lock (ends)
        {
            foreach (var end in ends) end.Dispose();
            ends.Clear();
        }
    }

    public void Restore()
    {
        listener = new(IPAddress.Loopback, Address.Port);
        listener.Start();
        _ = Accept(listener);
    }

    public void Dispose() => Cut();

    private async Task Accept(TcpListener from)
    {
        try
        {
            while (true) _ = Join(await from.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // it was cut
        }
    }

    private async Task Join(TcpClient browser)
    {
        var beyond = new TcpClient();
        lock (ends) ends.AddRange([browser, beyond]);
        using (browser)
        using (beyond)
        {
            try
            {
                await beyond.ConnectAsync(server.Host, server.Port);
                var (here, there) = (browser.GetStream(), beyond.GetStream());
                await Task.WhenAny(here.CopyToAsync(there), there.CopyToAsync(here));
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // one of them is gone, and so is the other
            }
        }
    }
}
