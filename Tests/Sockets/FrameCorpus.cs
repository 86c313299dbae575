using System.Text;
using System.Text.Json;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>What a client may send, and what must become of it: <c>Corpus/frames.json</c>, read.</summary>
public sealed record FrameCase(string Name, byte[] Bytes, IReadOnlyList<Outcome> Expected)
{
    /// <summary>Whether the server closes on its own account, and with which code: what a live server can be asked.</summary>
    public int? ClosedWith => Expected is [.., { Kind: ReceivedKind.Violation, Code: var code }] ? code : null;

    /// <summary>Whether nothing can follow: a reader must say so without waiting for more.</summary>
    public bool IsOver => Expected is [.., { Kind: ReceivedKind.Violation or ReceivedKind.Close }];

    public override string ToString() => Name;
}

public static class FrameCorpus
{
    private static readonly JsonElement File = JsonDocument.Parse(
        System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Sockets", "Corpus", "frames.json"))).RootElement;

    public static int MaxMessage { get; } = File.GetProperty("maxMessage").GetInt32();

    public static IReadOnlyList<FrameCase> Cases { get; } =
        [.. File.GetProperty("cases").EnumerateArray().Select(it => new FrameCase(
            it.GetProperty("name").GetString()!,
            [.. it.GetProperty("send").EnumerateArray().SelectMany(Send)],
            [.. it.GetProperty("expect").EnumerateArray().SelectMany(Expect)]))];

    /// <summary>The names, for a theory: each case stands in the test's report.</summary>
    public static TheoryData<string> Names => [.. Cases.Select(it => it.Name)];

    public static FrameCase Named(string name) => Cases.Single(it => it.Name == name);

    private static IEnumerable<byte> Send(JsonElement it)
    {
        var payload = Repeat(Bytes(it), Number(it, "times", 1));
        if (!it.TryGetProperty("op", out var op)) return payload;
        var opcode = op.ValueKind == JsonValueKind.Number
            ? (Opcode)op.GetInt32()
            : Enum.Parse<Opcode>(op.GetString()!, ignoreCase: true);
        var frame = new ClientFrame(opcode, payload)
        {
            Final = Flag(it, "fin"),
            Masked = Flag(it, "masked"),
            Reserved = Number(it, "rsv", 0),
            Form = Number(it, "form", 0),
            Key = it.TryGetProperty("key", out var key) ? Convert.FromHexString(key.GetString()!) : ClientFrame.SomeKey,
            Claims = it.TryGetProperty("claims", out var claims) ? claims.GetUInt64() : null,
        };
        return Repeat(frame.Bytes(), Number(it, "count", 1));
    }

    private static IEnumerable<Outcome> Expect(JsonElement it)
    {
        var what = it.EnumerateObject().First();
        var outcome = what.Name switch
        {
            "violation" => new Outcome(ReceivedKind.Violation, Code: what.Value.GetInt32()),
            "close" => new(ReceivedKind.Close, "", what.Value.GetInt32(), it.TryGetProperty("reason", out var reason) ? reason.GetString()! : ""),
            "text" => new(ReceivedKind.Text, Hex(Encoding.UTF8.GetBytes(what.Value.GetString()!))),
            "ping" => new(ReceivedKind.Ping, Hex(Convert.FromHexString(what.Value.GetString()!))),
            "pong" => new(ReceivedKind.Pong, Hex(Convert.FromHexString(what.Value.GetString()!))),
            _ => throw new InvalidDataException($"The corpus expects an unknown thing: {what.Name}"),
        };
        return Enumerable.Repeat(outcome, Number(it, "count", 1));

        string Hex(byte[] bytes) => Convert.ToHexStringLower(Repeat(bytes, Number(it, "times", 1)));
    }

    private static byte[] Bytes(JsonElement it) =>
        it.TryGetProperty("text", out var text) ? Encoding.UTF8.GetBytes(text.GetString()!)
        : it.TryGetProperty("hex", out var hex) ? Convert.FromHexString(hex.GetString()!)
        : [];

    private static byte[] Repeat(byte[] bytes, int times) => [.. Enumerable.Repeat(bytes, times).SelectMany(it => it)];

    private static int Number(JsonElement it, string name, int otherwise) =>
        it.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;

    private static bool Flag(JsonElement it, string name) => !it.TryGetProperty(name, out var value) || value.GetBoolean();
}
