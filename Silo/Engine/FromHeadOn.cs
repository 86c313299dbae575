using OrleansChat.Engine;
using OrleansChat.Rooms;

namespace OrleansChat.Silo.Engine;

/// <summary>
/// A subscription to a room in its beginning: news that come while the head is being asked for are held back, and
/// whatever tells of things up to the head was still under way from before.
/// </summary>
internal sealed class FromHeadOn(Action<RoomNews> receive)
{
    private readonly Lock gate = new();
    private List<RoomNews>? held = [];
    private long head;

    public void Receive(RoomNews news)
    {
        lock (gate)
        {
            if (held is not null) held.Add(news);
            else Pass(news);
        }
    }

    /// <summary>The head is known: from here on everything newer is passed on at once.</summary>
    public void Begin(long from)
    {
        lock (gate)
        {
            head = from;
            foreach (var news in held ?? []) Pass(news);
            held = null;
        }
    }

    private void Pass(RoomNews news)
    {
        if (news is RoomNews.Announced announced && announced.Head < head) return;
        if (news is RoomNews.Happened happened && happened.Events[0].Seq <= head)
        {
            List<RoomEvent> rest = [.. happened.Events.Where(e => e.Seq > head)];
            if (rest.Count == 0) return;
            news = new RoomNews.Happened(rest);
        }

        receive(news);
    }
}
