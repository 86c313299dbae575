using System.Globalization;
using OrleansChat.Bench.Load;

namespace OrleansChat.Bench.Databases;

/// <summary>What a post leaves in a database: the same rows, with the same columns, that the server writes.</summary>
internal sealed record Row(string Room, long Seq, long At, string Author, string Key, string Body, string Words)
{
    /// <summary>The n-th post of a batch that goes round the rooms.</summary>
    /// <param name="seq">Its number in its room.</param>
    public static Row Of(int room, long seq, DateTimeOffset now)
    {
        var text = Mark.Text(now.Ticks, Scale.Text);
        var at = now.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        return new(
            $"room-{room}", seq, now.ToUnixTimeMilliseconds(), "guest-k3v9x2m4p7q1", $"{seq}",
            $$"""{"kind":"message","seq":{{seq}},"at":"{{at}}","by":"guest-k3v9x2m4p7q1","text":"{{text}}"}""",
            string.Join(' ', text.Split([' ', ',', '~'], StringSplitOptions.RemoveEmptyEntries).Distinct()));
    }
}
