using System.Buffers.Binary;
using System.Text.Json;
using OrleansChat.Gateway.Sockets;
using OrleansChat.Tests.Sockets;

namespace OrleansChat.Tests.Processes;

/// <summary>
/// Conversations that were good, spoiled in their JSON or in their bytes, against a real server: whatever comes, it
/// answers in the protocol's words or closes with one of its codes, and goes on serving Ada and Bob.
/// Longer: <c>CHAT_FUZZ_CASES=20000 dotnet test Tests --filter LiveFuzz</c>; an earlier run again: <c>CHAT_SEED</c>.
/// </summary>
[Collection(Processes.Name)]
public sealed class LiveFuzz(ITestOutputHelper output)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);
    private static readonly int?[] CloseCodes = [1000, 1001, 1002, 1003, 1007, 1009, 4002, 4003, 4008, 4009, 4010];
    private static readonly HashSet<string> ErrorCodes =
        ["bad_request", "unauthenticated", "forbidden", "not_found", "not_member", "banned", "conflict", "too_long", "rate_limited"];

    [Fact]
    public async Task Whatever_comes_is_answered_or_closed()
    {
        output.WriteLine($"CHAT_SEED={Run.Seed} CHAT_FUZZ_CASES={Run.FuzzCases}");
        await using var gateway = await GatewayProcess.Start();
        await Bystanders.Undisturbed(gateway, async () =>
        {
            await using var bystander = await Stranger.Enter(gateway, "Bystander");
            for (var i = 0; i < Run.FuzzCases; i++)
            {
                var conversation = SpoiledConversation.Make(new Random((Run.Seed + i).GetHashCode()));
                try
                {
                    await Converse(gateway, conversation).WaitAsync(Soon);
                    if (i % 16 == 0) await bystander.Connection.Ping().WaitAsync(Soon);
                }
                catch (Exception e)
                {
                    Assert.Fail($"Case {i}; again, alone: CHAT_SEED={Run.Seed + i} CHAT_FUZZ_CASES=1\n{e}\nsent: {conversation}\n{gateway.Said()}");
                }
            }
        });
        output.WriteLine($"{gateway.Reading}");
    }

    private static async Task Converse(GatewayProcess gateway, SpoiledConversation conversation)
    {
        using var client = await RawSocket.Open(gateway.Port, "/ws", default);
        var writing = Write(client.Stream, conversation.Bytes);
        var (answers, last) = (0, default(Opcode));
        await foreach (var (opcode, payload) in Frames(client.Stream))
        {
            last = opcode;
            if (opcode is Opcode.Close) Assert.Contains(payload.Length == 0 ? 1000 : BinaryPrimitives.ReadUInt16BigEndian(payload), CloseCodes);
            if (opcode is not Opcode.Text || !IsAnswer(JsonDocument.Parse(payload).RootElement)) continue;
            // Each text gets one answer, unless too many were bad; with the last one the conversation is over.
            if (++answers == conversation.Texts) await Write(client.Stream, new ClientFrame(Opcode.Close, [0x03, 0xE8]).Bytes());
        }

        Assert.Equal(Opcode.Close, last);
        if (conversation.Texts is { } texts) Assert.InRange(answers, 0, texts);
        await writing;
    }

    private static async Task Write(Stream stream, byte[] bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // It was closed in the middle.
        }
    }

    /// <summary>What the server sends, up to its close.</summary>
    private static async IAsyncEnumerable<(Opcode Opcode, byte[] Payload)> Frames(Stream stream)
    {
        var (buffer, held) = (new byte[256 * 1024], 0);
        while (await stream.ReadAsync(buffer.AsMemory(held)) is > 0 and var count)
        {
            held += count;
            while (Take() is { } frame)
            {
                yield return frame;
                if (frame.Opcode is Opcode.Close) yield break;
            }
        }

        (Opcode Opcode, byte[] Payload)? Take()
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, held);
            if (!ServerFrames.TryReadOne(ref rest, out var frame)) return null;
            held = rest.Length;
            rest.ToArray().CopyTo(buffer, 0);
            return frame;
        }
    }

    private static bool IsAnswer(JsonElement frame)
    {
        if (frame.TryGetProperty("error", out var error)) Assert.Contains(error.GetProperty("code").GetString()!, ErrorCodes);
        else Assert.True(frame.TryGetProperty("ok", out _) || frame.TryGetProperty("ev", out _), $"{frame}");
        return frame.TryGetProperty("re", out _);
    }
}
