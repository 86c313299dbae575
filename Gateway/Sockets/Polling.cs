using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OrleansChat.Gateway.Sockets;

/// <summary>
/// What a socket brings is dealt with on the thread that polls it: to wake another takes longer than to read a post,
/// decide it and tell a small room. Whatever takes longer than that, or waits, leaves the thread
/// (<see cref="PollingThread.Leave"/>): requests do, a hello with its token does, and every answer of the database.
/// </summary>
public static class Polling
{
    /// <summary>.NET reads it before it makes its first socket, and knows no other way to be told. 0 switches it off.</summary>
    public const string Setting = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>To be called before the process has made a socket; it holds for all that it makes.</summary>
    public static void DealOnPollingThreads(this WebApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable(Setting) is null) Environment.SetEnvironmentVariable(Setting, "1");
        if (Environment.GetEnvironmentVariable(Setting) != "1") return;
        builder.Services.Configure<SocketTransportOptions>(transport => transport.UnsafePreferInlineScheduling = true);
    }

    /// <summary>For what comes behind it in the pipeline: a sign-in with its slow hash, a search, a file.</summary>
    public static void LeavePollingThreads(this WebApplication app) => app.Use(async (http, next) =>
    {
        await PollingThread.Leave();
        await next(http);
    });
}
