using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;
using OrleansChat.Client;
using OrleansChat.Terminal.Rooms;
using OrleansChat.Terminal.Screen;

namespace OrleansChat.Terminal;

/// <summary>The full screen: rooms, what is said, who is there, and a line to write.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed partial class ScreenMode
{
    private readonly ChatClient chat;
    private readonly Arguments arguments;
    private readonly Loop loop = new();
    private readonly Names names = new();
    private readonly List<RoomView> rooms = [];
    private readonly TaskCompletionSource<int> over = new();
    private readonly CancellationTokenSource leaving = new();
    private readonly bool colours = Environment.GetEnvironmentVariable("NO_COLOR") is null or ""; // no-color.org
    private Tty tty = null!; // from Run on
    private Frame? shown;
    private RoomView? open;
    private bool focused = true; // until the terminal says otherwise

    public ScreenMode(ChatClient chat, Arguments arguments) => (this.chat, this.arguments) = (chat, arguments);

    private static string Harmless(string text) => PlainText.Harmless(text, lines: true);

    /// <summary>Holds the terminal until somebody quits; gives the exit code.</summary>
    public int Run(CancellationToken ending)
    {
        using var screen = tty = new Tty(() => loop.Do(() => shown = null));
        using var resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => loop.Do(() => { }));
        using var tick = new Timer(_ => loop.Do(Forget), null, 1000, 1000);
        using var ended = ending.Register(() => loop.Do(() => over.TrySetResult(ExitCode.Terminated)));
        new Thread(ReadKeys) { IsBackground = true, Name = "keys" }.Start();
        try
        {
            return loop.Run(Begin, Draw);
        }
        finally
        {
            leaving.Cancel();
        }
    }

    private async Task<int> Begin()
    {
        names.Learn(chat.Me.Id, chat.Me.Name);
        _ = Watch(WatchNews);
        Welcomed(chat.Welcome);
        var first = arguments.Room ?? (rooms.Find(room => room.Id == "lobby") ?? rooms.FirstOrDefault())?.Id ?? "lobby";
        _ = Try(() => Go(first));
        return await over.Task;
    }

    /// <summary>Something of which the end is the end of the program, if it is a fault.</summary>
    private async Task Watch(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is OperationCanceledException or ChatStoppedException)
        {
            // we are leaving, or have been told in the news
        }
        catch (Exception e)
        {
            over.TrySetException(e);
        }
    }

    /// <summary>Something that somebody asked for: a refusal is told to them.</summary>
    private async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (ChatException e)
        {
            Say(e.Error.Message);
        }
        catch (ChatStoppedException)
        {
            Say("You are signed out: nothing can be done any more.");
        }
        catch (OperationCanceledException)
        {
            // we are leaving
        }
        catch (Exception e)
        {
            over.TrySetException(e);
        }
    }

    /// <summary>An answer for us alone, among what is said.</summary>
    private void Say(string sentence)
    {
        if (open is null) banner = (PlainText.Harmless(sentence), true, DateTimeOffset.Now + SaidFor);
        open?.Tell(_ => Harmless(sentence));
        if (open is not null) open.Place = null;
    }

    private void ReadKeys()
    {
        // The console's own stream would read lines, and echo them.
        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        var keys = new KeyReader();
        var bytes = new byte[4096];
        int count;
        try
        {
            while ((count = input.Read(bytes)) > 0)
            {
                var pressed = keys.Read(bytes.AsSpan(0, count));
                loop.Do(() =>
                {
                    foreach (var key in pressed) Press(key);
                });
            }
        }
        catch (IOException)
        {
            // The terminal is gone.
        }

        loop.Do(() => over.TrySetResult(129)); // as after SIGHUP
    }

    private void Draw()
    {
        var (width, height) = Tty.Size;
        var layout = new Layout(width, height);
        var lines = open is null ? [] : Scrolling.Visible(open, Lines(layout), layout.Body - Pending.Count).Concat(Pending).ToList();
        var (words, alarm) = Banner();
        var picture = new Picture(chat.Me, names, rooms, open, lines, input, words, alarm, chat.IsConnected);
        var frame = layout.Draw(picture, colours);
        if (frame.After(shown) is { Length: > 0 } changes) tty.Write(changes);
        shown = frame;
        Seen();
    }

    /// <summary>What the server has not answered yet stands below everything else.</summary>
    private IReadOnlyList<Line> Pending => open is { Place: null } room
        ? [.. room.Sending.TakeLast(5).Select(text => Line.Of($"   … {PlainText.Harmless(text)}", Style.Quiet))]
        : [];

    private MessageLines Lines(Layout layout) => new(open!, names, chat.Me, layout.Messages);
}
