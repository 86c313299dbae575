using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

public sealed class FrameEncoding
{
    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void A_text_of_any_length_reads_back(int length)
    {
        var text = Enumerable.Range(0, length).Select(i => (byte)('a' + (i % 26))).ToArray();
        var (opcode, payload) = Assert.Single(ServerFrames.Read(Frames.Text(text).Span));
        Assert.Equal(Opcode.Text, opcode);
        Assert.Equal(text, payload);
    }

    [Fact]
    public void Json_is_sent_as_people_wrote_it()
    {
        var frame = Frames.Json("Grüße <Bob> & 世界", (writer, text) =>
        {
            writer.WriteStartObject();
            writer.WriteString("text", text);
            writer.WriteEndObject();
        });
        Assert.Equal(["{\"text\":\"Grüße <Bob> & 世界\"}"], ServerFrames.Texts(frame.Span));
    }

    [Fact]
    public void Json_of_any_size_becomes_one_frame()
    {
        foreach (var length in (int[])[0, 100, 126, 5_000, 65_534, 300_000, 3])
        {
            var frame = Frames.Json(new string('x', length), (JsonTypeInfo<string>)JsonSerializerOptions.Default.GetTypeInfo(typeof(string)));
            Assert.Equal([$"\"{new string('x', length)}\""], ServerFrames.Texts(frame.Span));
        }
    }

    [Fact]
    public void A_frame_may_be_written_while_another_is()
    {
        var inner = ReadOnlyMemory<byte>.Empty;
        var outer = Frames.Json(1, (writer, one) =>
        {
            writer.WriteStartArray();
            inner = Frames.Json(2, (it, two) => it.WriteNumberValue(two));
            writer.WriteNumberValue(one);
            writer.WriteEndArray();
        });
        Assert.Equal(["[1]"], ServerFrames.Texts(outer.Span));
        Assert.Equal(["2"], ServerFrames.Texts(inner.Span));
    }

    [Fact]
    public void What_failed_to_be_written_is_in_no_later_frame()
    {
        Assert.Throws<InvalidDataException>(() => Frames.Json(1, (writer, _) =>
        {
            writer.WriteStartArray();
            writer.WriteStringValue("secret");
            throw new InvalidDataException();
        }));
        Assert.Equal(["2"], ServerFrames.Texts(Frames.Json(2, (writer, two) => writer.WriteNumberValue(two)).Span));
    }

    [Fact]
    public void Pings_and_pongs()
    {
        var (ping, pong) = (Assert.Single(ServerFrames.Read(Frames.Ping.Span)), Assert.Single(ServerFrames.Read(Frames.Pong([1, 2]).Span)));
        Assert.Equal(Opcode.Ping, ping.Opcode);
        Assert.Empty(ping.Payload);
        Assert.Equal(Opcode.Pong, pong.Opcode);
        Assert.Equal([1, 2], pong.Payload);
    }

    [Theory]
    [InlineData("bye", "bye")]
    [InlineData("", "")]
    public void A_close_says_why(string reason, string said)
    {
        var (opcode, payload) = Assert.Single(ServerFrames.Read(Frames.Close(4008, reason).Span));
        Assert.Equal(Opcode.Close, opcode);
        Assert.Equal([0x0F, 0xA8, .. Encoding.UTF8.GetBytes(said)], payload);
    }

    [Fact]
    public void A_long_reason_is_cut_after_a_whole_character()
    {
        var (_, payload) = Assert.Single(ServerFrames.Read(Frames.Close(4008, new string('ä', 100)).Span));
        Assert.Equal(new string('ä', 61), Encoding.UTF8.GetString(payload.AsSpan(2)));
    }

    [Fact]
    public void A_close_without_a_code_is_empty() =>
        Assert.Empty(Assert.Single(ServerFrames.Read(Frames.Close(CloseCode.None).Span)).Payload);

    [Theory]
    [InlineData(0)]
    [InlineData(1006)]
    [InlineData(5000)]
    public void A_code_that_must_not_be_sent_is_a_mistake_of_ours(int code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Frames.Close(code));
}
