using System.Text;
using OrleansChat.Gateway.Operations;

namespace OrleansChat.Tests.Gateway.Operations;

/// <summary>The short way for plain posts finds what the strict reader finds, or leaves the frame to it.</summary>
public sealed class PlainPosts
{
    private const string Plain = """{"op":"post","id":7,"room":"den","text":"Tea @bob? 👍 \"now\" \u00e9","key":"k-1"}""";

    public static TheoryData<string> Unusual =>
    [
        Plain.Replace("}", ",\"reply\":3}"),
        Plain.Replace("}", ",\"key\":\"k-2\"}"),
        Plain.Replace("}", ",\"unknown\":1,\"unknown\":2}"),
        Plain.Replace("\"den\"", "\"Den\""),
        Plain.Replace("\"den\"", "{}"),
        Plain.Replace("\"k-1\"", "null"),
        Plain.Replace(":7", ":-1"),
        Plain.Replace(":7", ":9007199254740992"),
        Plain.Replace(":7", ":7.0"),
        Plain.Replace(":7", ":\"7\""),
        Plain.Replace("\"post\"", "\"edit\""),
        Plain.Replace("\"text\"", "\"texts\""),
        Plain.Replace("post", "past"),
        Plain.Replace("\\u00e9", "\\ud83d"),
        Plain + "{}",
        Plain[..^1],
        $"[{Plain}]",
        "",
    ];

    [Fact]
    public void A_plain_post_is_read_in_whatever_order_its_fields_come()
    {
        string[] fields = ["\"op\":\"post\"", "\"id\":9007199254740991", "\"room\":\"dm:ada+bob\"", "\"text\":\" Tea\\n\"", "\"key\":\"!\""];
        for (var i = 0; i < fields.Length; i++)
        {
            var frame = $"{{{string.Join(",\n", fields[i..].Concat(fields[..i]))}}} ";
            var post = Assert.IsType<Operation.Post>(Parse(frame).Operation);
            Assert.Equal(("dm:ada+bob", " Tea\n", "!", null), (post.Room.Value, post.Text, post.Key, post.Reply));
            Assert.Equal(9007199254740991, Parse(frame).Id);
        }
    }

    /// <summary>A reply of null keeps a frame from the short way, and changes nothing else.</summary>
    [Fact]
    public void Both_ways_find_the_same() => Assert.Equal(Parse(Plain.Replace("}", ",\"reply\":null}")), Parse(Plain));

    [Theory]
    [MemberData(nameof(Unusual))]
    public void What_is_unusual_is_left_to_the_strict_reader(string frame)
    {
        var found = Parse(frame);
        Assert.True(found is { Refusal: not null } or { Operation: not Operation.Post } or { Operation: Operation.Post { Reply: 3 } }, $"{frame} was read as {found}.");
    }

    private static ParsedFrame Parse(string frame) => FrameParser.Parse(Encoding.UTF8.GetBytes(frame));
}
