using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Tests.Sockets;

namespace OrleansChat.Tests.Processes;

/// <summary>A client's whole side of a connection, as bytes: good to begin with, then spoiled in a few places.</summary>
/// <param name="Texts">How many texts it has, where the frames around them are good.</param>
internal sealed record SpoiledConversation(byte[] Bytes, int? Texts)
{
    /// <summary>After spoiled bytes, enough of them that no frame waits for more: two zeros are no frame.</summary>
    private static readonly byte[] End = new byte[70_000];

    private const string Here = "the place of another value";

    private static readonly string[] Good =
    [
        """{"op":"join","id":2,"room":"lobby"}""",
        """{"op":"create","id":3,"room":"room-¤","name":"A room","topic":"Anything","visibility":"private"}""",
        """{"op":"post","id":4,"room":"room-¤","text":"Hello @bob 👍","key":"k1"}""",
        """{"op":"post","id":5,"room":"lobby","text":"Hello","key":"k2","reply":1}""",
        """{"op":"edit","id":6,"room":"room-¤","seq":2,"text":"Hello again"}""",
        """{"op":"react","id":7,"room":"room-¤","seq":2,"emoji":"👍","on":true}""",
        """{"op":"delete","id":8,"room":"room-¤","seq":2}""",
        """{"op":"history","id":9,"room":"lobby","before":100,"after":0,"limit":20}""",
        """{"op":"search","id":10,"query":"hello","room":"lobby","limit":20}""",
        """{"op":"status","id":11,"room":"lobby","after":"bob"}""",
        """{"op":"who","id":12,"users":["ada","bob"]}""",
        """{"op":"rooms","id":13,"query":"a"}""",
        """{"op":"dm","id":14,"user":"admin"}""",
        """{"op":"configure","id":15,"room":"room-¤","name":"Another","slow":1}""",
        """{"op":"invite","id":16,"room":"room-¤","user":"admin","reason":"Come"}""",
        """{"op":"role","id":17,"room":"room-¤","user":"admin","role":"moderator"}""",
        """{"op":"kick","id":18,"room":"room-¤","user":"admin","reason":"Go"}""",
        """{"op":"ban","id":19,"room":"room-¤","user":"admin"}""",
        """{"op":"unban","id":20,"room":"room-¤","user":"admin"}""",
        """{"op":"block","id":21,"user":"admin"}""",
        """{"op":"unblock","id":22,"user":"admin"}""",
        """{"op":"read","id":23,"room":"lobby","seq":1}""",
        """{"op":"typing","id":24,"room":"lobby"}""",
        """{"op":"watch","id":25,"topic":"metrics"}""",
        """{"op":"leave","id":26,"room":"room-¤"}""",
        """{"op":"destroy","id":27,"room":"room-¤"}""",
        """{"op":"ping","id":28}""",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1", "9007199254740991", "9223372036854775807", "-9223372036854775808", "1e308", "1e400", "0.1", "\"\"", "\"lobby\"",
        "\"dm:admin+admin\"", "\"dm:a+b\"", "\"guest-x\"", "\"\\u0000\"", "\"\\ud800\"", "\"\u202E\"", "[]", "{}", "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]", "\"admin\"",
        "\"%s%n\"", "\"' OR 1=1 --\"", "\"* NEAR(\\\"\"", "\"<script>\"",
    ];

    public static SpoiledConversation Make(Random random)
    {
        string[] texts = ["""{"op":"hello","id":1,"guest":"Fuzz","resume":{"lobby":0}}""", .. random.GetItems(Good, random.Next(1, 12))];
        var room = $"{random.Next():x}";
        using var bytes = new MemoryStream();
        foreach (var good in texts)
        {
            var text = good.Replace("¤", room);
            for (var times = random.Next(3); times > 0; times--) text = random.Next(3) == 0 ? SpoilText(text, random) : SpoilValue(text, random);
            bytes.Write(new ClientFrame(Opcode.Text, Encoding.UTF8.GetBytes(text)).Bytes());
        }

        // Half of the conversations are well framed, so that what they say is heard.
        return random.Next(2) == 0 ? new(bytes.ToArray(), texts.Length) : new([.. SpoilBytes(bytes.ToArray(), random), .. End], null);
    }

    /// <summary>Another value for a field, or one field more or less.</summary>
    private static string SpoilValue(string text, Random random)
    {
        try
        {
            var frame = JsonNode.Parse(text)!.AsObject();
            var field = frame.ElementAt(random.Next(frame.Count)).Key;
            var value = Values[random.Next(Values.Length)];
            if (random.Next(6) == 0) frame.Remove(field);
            else frame[field] = Here;
            text = frame.ToJsonString().Replace($"\"{Here}\"", value);
            return random.Next(8) == 0 ? $"{text[..^1]},\"{field}\":{value}}}" : text;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return SpoilText(text, random); // it is no object any more
        }
    }

    private static string SpoilText(string text, Random random)
    {
        if (text.Length == 0) return "{";
        var at = random.Next(text.Length);
        var length = Math.Min(random.Next(1, 6), text.Length - at);
        return random.Next(5) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text.Insert(at, "{}[]\",:\\0-eE. \t\n"[random.Next(16)].ToString()),
            3 => text.Insert(at, new string((char)random.Next(1, 0xD800), random.Next(1, 3000))),
            _ => text[..at],
        };
    }

    private static byte[] SpoilBytes(byte[] bytes, Random random)
    {
        for (var times = random.Next(1, 4); times > 0 && bytes.Length > 0; times--)
        {
            var at = random.Next(bytes.Length);
            var length = Math.Min(random.Next(1, 12), bytes.Length - at);
            bytes = random.Next(5) switch
            {
                0 => [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]],
                1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
                2 => [.. bytes[..at], .. bytes[(at + length)..]],
                3 => [.. bytes[..(at + length)], .. bytes[at..]],
                _ => bytes[..at],
            };
        }

        return bytes;
    }

    /// <summary>In hexadecimal.</summary>
    public override string ToString() => Convert.ToHexStringLower(Bytes.AsSpan(0, Bytes.Length - (Texts is null ? End.Length : 0)));
}
