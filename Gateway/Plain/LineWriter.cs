using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using OrleansChat.Client;

namespace OrleansChat.Gateway.Plain;

/// <summary>Lines to a plain connection, from any thread. What strangers write cannot end a line or command a terminal.</summary>
internal sealed class LineWriter(PipeWriter output) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>What somebody says; a text of several lines is as many lines here.</summary>
    public async Task Says(string who, string text)
    {
        var name = PlainText.Harmless(who);
        foreach (var line in PlainText.Harmless(text, lines: true).Split('\n')) await Write($"{name}: {line}");
    }

    /// <summary>The server's own word.</summary>
    public Task Note(string text) => Write($"* {PlainText.Harmless(text)}");

    /// <summary>Why something was not done.</summary>
    public Task Refuse(string why) => Write($"! {PlainText.Harmless(why)}");

    /// <summary>Waits while the peer does not read. Whatever is written to one that has gone is lost.</summary>
    private async Task Write(string line)
    {
        await turn.WaitAsync();
        try
        {
            Encoding.UTF8.GetBytes(line, output);
            output.Write("\n"u8);
            await output.FlushAsync();
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
