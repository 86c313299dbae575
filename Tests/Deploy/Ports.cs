using System.Net;
using System.Net.Sockets;

namespace OrleansChat.Tests.Deploy;

/// <summary>Ports of 127.0.0.1 for programs under test.</summary>
public static class Ports
{
    /// <summary>The first of so many free ports in a row, below those that the kernel gives to clients.</summary>
    public static int Free(int inARow = 1)
    {
        while (true)
        {
            var first = Random.Shared.Next(12_000, 32_000 - inARow);
            if (Enumerable.Range(first, inARow).All(IsFree)) return first;
        }
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
