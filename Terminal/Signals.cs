using System.Runtime.InteropServices;

namespace OrleansChat.Terminal;

/// <summary>SIGINT, SIGTERM and SIGHUP end the program in order: the terminal is as it was, and the server hears goodbye.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public Signals()
    {
        On(PosixSignal.SIGINT, ExitCode.Interrupted);
        On(PosixSignal.SIGTERM, ExitCode.Terminated);
        On(PosixSignal.SIGHUP, 129);
    }

    /// <summary>Cancelled by the first of them; the second one is the system's own, and ends the program at once.</summary>
    public CancellationToken Ending => ending.Token;

    /// <summary>The exit code, where one came.</summary>
    public int? Code { get; private set; }

    private void On(PosixSignal signal, int code) => registrations.Add(PosixSignalRegistration.Create(signal, context =>
    {
        if (Code is not null) return;
        Code = code;
        context.Cancel = true;
        ending.Cancel();
    }));

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        ending.Dispose();
    }
}
