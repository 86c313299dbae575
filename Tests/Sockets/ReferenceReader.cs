using System.Text;
using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>
/// RFC 6455 read slowly: all bytes are there, one is taken after the other, and each rule is a line. Shares no code with
/// the reader that it judges.
/// </summary>
public sealed class ReferenceReader(byte[] bytes, int maxMessage)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<Outcome> outcomes = [];
    private readonly List<byte> message = [];
    private int fragments;
    private int at;

    public static List<Outcome> Read(byte[] bytes, int maxMessage)
    {
        var reader = new ReferenceReader(bytes, maxMessage);
        try
        {
            while (true) reader.Frame();
        }
        catch (Over)
        {
            return reader.outcomes;
        }
    }

    private void Frame()
    {
        var first = Next();
        var (final, opcode) = (first >= 128, first % 16);
        if (first / 16 % 8 != 0) Violate(1002);
        if (opcode is not (0 or 1 or 2 or 8 or 9 or 10)) Violate(1002);
        if (opcode == 0 && fragments == 0) Violate(1002);
        if (opcode is 1 or 2 && fragments > 0) Violate(1002);
        if (opcode == 2) Violate(1003);
        if (opcode >= 8 && !final) Violate(1002);

        var second = Next();
        if (second < 128) Violate(1002);
        decimal length = second - 128;
        if (opcode >= 8 && length > 125) Violate(1002);
        if (length == 126)
        {
            length = Number(2);
            if (length < 126) Violate(1002);
        }
        else if (length == 127)
        {
            length = Number(8);
            if (length < 65536 || length > long.MaxValue) Violate(1002);
        }

        if (opcode < 8 && message.Count + length > maxMessage) Violate(1009);
        byte[] key = [Next(), Next(), Next(), Next()];
        if (opcode < 8 && ++fragments > 1024) Violate(1009);
        var payload = new List<byte>();
        while (payload.Count < length) payload.Add((byte)(Next() ^ key[payload.Count % 4]));
        if (opcode < 8) Data(payload, final);
        else Control(opcode, [.. payload]);
    }

    private void Data(List<byte> payload, bool final)
    {
        message.AddRange(payload);
        if (!final) return;
        Words([.. message]);
        outcomes.Add(new Outcome(ReceivedKind.Text, Convert.ToHexStringLower(message.ToArray())));
        message.Clear();
        fragments = 0;
    }

    private void Control(int opcode, byte[] payload)
    {
        if (opcode == 9) outcomes.Add(new Outcome(ReceivedKind.Ping, Convert.ToHexStringLower(payload)));
        if (opcode == 10) outcomes.Add(new Outcome(ReceivedKind.Pong, Convert.ToHexStringLower(payload)));
        if (opcode != 8) return;
        if (payload.Length == 1) Violate(1002);
        var code = payload.Length == 0 ? 1005 : (payload[0] * 256) + payload[1];
        int[] known = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014];
        if (payload.Length > 0 && !known.Contains(code) && code / 1000 is not (3 or 4)) Violate(1002);
        outcomes.Add(new Outcome(ReceivedKind.Close, "", code, Words([.. payload.Skip(2)])));
        throw new Over();
    }

    private string Words(byte[] utf8)
    {
        try
        {
            return Strict.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            Violate(1007);
            throw;
        }
    }

    private decimal Number(int size)
    {
        decimal number = 0;
        for (var i = 0; i < size; i++) number = (number * 256) + Next();
        return number;
    }

    private byte Next() => at < bytes.Length ? bytes[at++] : throw new Over();

    private void Violate(int code)
    {
        outcomes.Add(new Outcome(ReceivedKind.Violation, Code: code));
        throw new Over();
    }

#pragma warning disable CA1032, CA1064 // Only a way out of the loop.
    private sealed class Over : Exception;
#pragma warning restore CA1032, CA1064
}
