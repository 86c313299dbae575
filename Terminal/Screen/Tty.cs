using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace OrleansChat.Terminal.Screen;

/// <summary>
/// The terminal while the program has all of it: raw keys, the alternate screen. Whatever ends the program, it is given
/// back as it was.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class Tty : IDisposable
{
    // Alternate screen; no wrapping at the edge; bracketed paste; focus reports.
    private const string Enter = "\e[?1049h\e[?7l\e[?2004h\e[?1004h";
    private const string Leave = "\e[0m\e[?1004l\e[?2004l\e[?7h\e[?25h\e[?1049l";

    // A struct termios is smaller than this everywhere, and only the C library looks into it.
    private readonly byte[] before = new byte[256];
    private readonly Stream output = Console.OpenStandardOutput();
    private readonly PosixSignalRegistration resumed;
    private bool left;

    /// <param name="again">Called when it was stopped and continued: all of the screen is to be drawn anew.</param>
    public Tty(Action again)
    {
        _ = Size; // the runtime's own view of the terminal comes first, so that it gives back the same
        if (GetAttributes(0, before) != 0) throw new IOException("The terminal does not answer.");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        resumed = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ =>
        {
            Raw();
            again();
        });
        Raw();
    }

    private void Raw()
    {
        var raw = (byte[])before.Clone();
        MakeRaw(raw);
        _ = SetAttributes(0, 0, raw);
        Write(Enter);
    }

    public static (int Width, int Height) Size => (Math.Max(Console.WindowWidth, 10), Math.Max(Console.WindowHeight, 4));

    public void Write(string text)
    {
        output.Write(Encoding.UTF8.GetBytes(text));
        output.Flush();
    }

    public void Dispose()
    {
        lock (before)
        {
            if (left) return;
            left = true;
        }

        resumed.Dispose();
        try
        {
            Write(Leave);
        }
        catch (IOException)
        {
            // The terminal is gone, and with it what was to be put back.
        }

        _ = SetAttributes(0, 0, before);
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int file, byte[] attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int file, int when, byte[] attributes);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw(byte[] attributes);
}
