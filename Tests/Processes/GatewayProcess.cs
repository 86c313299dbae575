namespace OrleansChat.Tests.Processes;

/// <summary>The one-process server as a real process.</summary>
public sealed class GatewayProcess : ServerProcess
{
    private GatewayProcess((string Key, string Value)[] settings)
        : base("OrleansChat.Gateway.dll", settings)
    {
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="settings">Keys such as <c>Chat:Limits:Enabled</c>; the storage is a fresh SQLite file unless one is named.</param>
    public static async Task<GatewayProcess> Start(params (string Key, string Value)[] settings)
    {
        var gateway = new GatewayProcess(settings);
        try
        {
            await gateway.Begin();
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server that is to be begun by <see cref="ServerProcess.RunToEnd"/>, or later.</summary>
    public static GatewayProcess NotStarted(params (string Key, string Value)[] settings) => new(settings);
}
