using System.Buffers.Binary;
using System.Text;

namespace OrleansChat.Tests.Gateway.Nodes;

/// <summary>A protobuf message by its fields' numbers, as far as it takes to read what OpenTelemetry's exporter sends.</summary>
public sealed class ProtobufFields
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> fields = [];

    public ProtobufFields(ReadOnlyMemory<byte> message)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            var (number, value, bytes) = ((int)(tag >> 3), 0UL, ReadOnlyMemory<byte>.Empty);
            switch (tag & 7)
            {
                case 0:
                    value = Varint(ref message);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadUInt64LittleEndian(Take(ref message, 8).Span);
                    break;
                case 2:
                    bytes = Take(ref message, checked((int)Varint(ref message)));
                    break;
                case 5:
                    value = BinaryPrimitives.ReadUInt32LittleEndian(Take(ref message, 4).Span);
                    break;
                default:
                    throw new FormatException($"Protobuf has no wire type {tag & 7} any more.");
            }

            fields.Add((number, value, bytes));
        }
    }

    public IEnumerable<ProtobufFields> Messages(int number) => All(number).Select(field => new ProtobufFields(field.Bytes));

    public ProtobufFields? Message(int number) => Messages(number).SingleOrDefault();

    public string Text(int number) => Encoding.UTF8.GetString(All(number).SingleOrDefault().Bytes.Span);

    public string Hex(int number) => Convert.ToHexStringLower(All(number).SingleOrDefault().Bytes.Span);

    public ulong Value(int number) => All(number).SingleOrDefault().Value;

    public bool Has(int number) => All(number).Any();

    private IEnumerable<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> All(int number) => fields.Where(field => field.Number == number);

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> from, int length)
    {
        var taken = from[..length];
        from = from[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> from)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Take(ref from, 1).Span[0];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return value;
        }

        throw new FormatException("A number that does not end.");
    }
}
