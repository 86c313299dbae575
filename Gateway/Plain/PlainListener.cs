using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace OrleansChat.Gateway.Plain;

/// <summary>
/// Takes plain TCP connections, on Kestrel's transport but beside Kestrel's own endpoints: one that is made in code
/// would switch <c>--urls</c> off.
/// </summary>
public sealed partial class PlainListener(
    SocketTransportFactory transport, IServiceProvider services, IOptions<ChatOptions> options, TimeProvider time, ILogger<PlainListener> log)
    : IHostedLifecycleService, IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly ConnectionDelegate serve = new ConnectionBuilder(services).UseConnectionHandler<PlainHandler>().Build();
    private readonly List<IConnectionListener> listeners = [];
    private readonly ConcurrentDictionary<Task, bool> connections = new();

    /// <summary>Where it listens, with the port that it got.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints => [.. listeners.Select(listener => (IPEndPoint)listener.EndPoint)];

    /// <summary>Connections that are open.</summary>
    public int Count => connections.Count;

    /// <exception cref="ConfigurationException">The port is not to be had.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var endPoint in options.Value.Plain.EndPoints())
        {
            try
            {
                listeners.Add(await transport.BindAsync(endPoint, cancellationToken));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable && listeners.Count > 0)
            {
                // localhost without IPv6
            }
            catch (Exception e) when (e is AddressInUseException or IOException or SocketException)
            {
                throw new ConfigurationException($"The server cannot listen at {endPoint} for plain TCP ({e.Message}). Set Chat:Plain:Port to one that is free.");
            }
        }

        foreach (var listener in listeners) _ = Accept(listener);
    }

    /// <summary>Before anything else stops, nobody new is taken in.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(listeners.Select(listener => listener.UnbindAsync(cancellationToken).AsTask()));

    /// <summary>Those who are here end with their sockets, which hear of the stop by themselves.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(connections.Keys).WaitAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in listeners) await listener.DisposeAsync();
    }

    private async Task Accept(IConnectionListener listener)
    {
        while (true)
        {
            try
            {
                if (await listener.AcceptAsync() is not { } connection) return;
                var served = Serve(connection);
                connections.TryAdd(served, true);
                _ = served.ContinueWith(over => connections.TryRemove(over, out _), TaskScheduler.Default);
            }
            catch (SocketException e)
            {
                LogNotAccepted(log, e); // no more descriptors, perhaps: some will be given back
                await Task.Delay(AfterFailure, time);
            }
        }
    }

    private async Task Serve(ConnectionContext connection)
    {
        await Task.Yield(); // the next one does not wait for this one's beginning
        await using (connection)
        {
            try
            {
                await serve(connection);
            }
            catch (Exception e)
            {
                LogFailed(log, e);
            }
        }
    }

    [LoggerMessage(EventId = 30, EventName = "PlainNotAccepted", Level = LogLevel.Warning, Message = "A plain TCP connection could not be taken.")]
    private static partial void LogNotAccepted(ILogger log, Exception reason);

    [LoggerMessage(EventId = 31, EventName = "PlainFailed", Level = LogLevel.Error, Message = "A plain TCP connection failed.")]
    private static partial void LogFailed(ILogger log, Exception reason);
}
