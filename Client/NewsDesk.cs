using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OrleansChat.Client;

/// <summary>Hands the news to everybody who reads them, each with a bounded buffer of their own.</summary>
/// <param name="first">Hears all of it, at once.</param>
internal sealed class NewsDesk(Action<ChatNews>? first)
{
    private readonly Lock turn = new();
    private readonly List<Channel<ChatNews>> readers = [];
    private ChatNews? line; // the latest of connected, lost, retrying and stopped

    public void Tell(ChatNews news)
    {
        lock (turn)
        {
            if (news is ChatNews.Connected or ChatNews.Lost or ChatNews.Retrying or ChatNews.Stopped) line = news;
            foreach (var reader in readers)
            {
                reader.Writer.TryWrite(news);
                if (news is ChatNews.Stopped) reader.Writer.TryComplete();
            }
        }

        first?.Invoke(news);
    }

    /// <summary>How the line is now, and what comes from now on.</summary>
    public async IAsyncEnumerable<ChatNews> Read(int capacity, [EnumeratorCancellation] CancellationToken cancel)
    {
        var mine = Channel.CreateBounded<ChatNews>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
        Open(mine);
        try
        {
            await foreach (var news in mine.Reader.ReadAllAsync(cancel)) yield return news;
        }
        finally
        {
            lock (turn) readers.Remove(mine);
        }
    }

    private void Open(Channel<ChatNews> mine)
    {
        lock (turn)
        {
            if (line is not null) mine.Writer.TryWrite(line);
            if (line is ChatNews.Stopped) mine.Writer.TryComplete();
            else readers.Add(mine);
        }
    }
}
