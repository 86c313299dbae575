using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace OrleansChat.Nodes;

/// <summary>
/// Takes the text of our driver's device apart: lines of a name and a value, as <c>deploy/driver/README.md</c> explains
/// them. What is odd leaves its number absent; names that are not known are passed over; nothing here throws.
/// </summary>
public static class DeviceText
{
    private const double Nanosecond = 1e-9; // seconds

    /// <summary>False where this is no text of version 1; then nothing was filled.</summary>
    public static bool Fill(ReadOnlySpan<byte> text, NodeCounters counters)
    {
        var lines = new ProcLines(text);
        if (!lines.Next(out var first) || !first.Before((byte)' ', out var version) || !version.SequenceEqual("version"u8)) return false;
        if (!first.Next(out ReadOnlySpan<byte> number) || !number.SequenceEqual("1"u8)) return false;

        double? one = null, five = null, fifteen = null;
        long? pagedIn = null, pagedOut = null;
        var memory = default(MemorySizes);
        var thing = new Thing(counters);
        while (lines.Next(out var line))
        {
            if (!line.Before((byte)' ', out var name) || !line.Next(out ReadOnlySpan<byte> value)) continue;
            if (Group(name, "cpu."u8) || Group(name, "net."u8) || Group(name, "disk."u8)) thing.Take(name, value);
            else if (Group(name, "thermal."u8)) Temperature(name["thermal.".Length..], value, counters);
            else if (Group(name, "memory."u8)) memory = With(memory, name["memory.".Length..], Count(value));
            else if (name.SequenceEqual("load.1"u8)) one = Load(value);
            else if (name.SequenceEqual("load.5"u8)) five = Load(value);
            else if (name.SequenceEqual("load.15"u8)) fifteen = Load(value);
            else if (name.SequenceEqual("uptime_ns"u8)) counters.Uptime = Count(value) * Nanosecond;
            else if (name.SequenceEqual("interrupts"u8)) counters.Interrupts = Count(value);
            else if (name.SequenceEqual("processes"u8)) counters.Processes = Tasks(value);
            else if (name.SequenceEqual("threads"u8)) counters.Threads = Tasks(value);
            else if (name.SequenceEqual("runnable"u8)) counters.Runnable = Tasks(value);
            else if (name.SequenceEqual("paging.in"u8)) pagedIn = Count(value);
            else if (name.SequenceEqual("paging.out"u8)) pagedOut = Count(value);
        }

        thing.End(lines.Torn);
        counters.Memory = memory.Consistent();
        counters.Load = one is { } a && five is { } b && fifteen is { } c ? (a, b, c) : null;
        counters.Paging = pagedIn is { } i && pagedOut is { } o ? (i, o) : null;
        return true;
    }

    private static bool Group(ReadOnlySpan<byte> name, ReadOnlySpan<byte> group) => name.StartsWith(group);

    /// <summary><c>thermal.x86_pkg_temp.temperature 41000</c>; the only number that may be below zero.</summary>
    private static void Temperature(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, NodeCounters counters)
    {
        if (name.EndsWith(".temperature"u8) && SysText.Temperature(value) is { } thousandths)
            counters.SetTemperature(name[..^".temperature".Length], thousandths);
    }

    private static MemorySizes With(MemorySizes memory, ReadOnlySpan<byte> field, long? bytes) =>
        field.SequenceEqual("total"u8) ? memory with { Total = bytes } :
        field.SequenceEqual("available"u8) ? memory with { Available = bytes } :
        field.SequenceEqual("free"u8) ? memory with { Free = bytes } :
        field.SequenceEqual("buffers"u8) ? memory with { Buffers = bytes } :
        field.SequenceEqual("cached"u8) ? memory with { Cached = bytes } : memory;

    private static long? Count(ReadOnlySpan<byte> value) => ProcLine.TryNumber(value, out var number) ? number : null;

    private static int? Tasks(ReadOnlySpan<byte> value) => Count(value) is { } number and <= int.MaxValue ? (int)number : null;

    private static double? Load(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out double load, out var used) && used == value.Length && double.IsFinite(load) && load >= 0 ? load : null;

    /// <summary>
    /// One core, interface or disk, whose lines follow each other: <c>net.eth0.100.rx_bytes</c> is the interface
    /// <c>eth0.100</c>. It counts only if all its numbers are there.
    /// </summary>
    private ref struct Thing(NodeCounters counters)
    {
        private const int Broken = 1 << 30;

        private Values values;
        private ReadOnlySpan<byte> current; // with its group
        private int seen;
        private bool network;
        private bool disks;
        private bool networkBroken;
        private bool disksBroken;

        public void Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            var dot = name.LastIndexOf((byte)'.');
            if (dot <= name.IndexOf((byte)'.')) return; // of the group as a whole
            if (!name[..dot].SequenceEqual(current))
            {
                Add();
                current = name[..dot];
                seen = 0;
            }

            var field = Field(name[0], name[(dot + 1)..]);
            if (field < 0) return;
            seen |= (seen & (1 << field)) == 0 && ProcLine.TryNumber(value, out values[field]) ? 1 << field : Broken;
        }

        public void End(bool torn)
        {
            Add();
            counters.Network.Known = network && !networkBroken && !torn;
            counters.Disks.Known = disks && !disksBroken && !torn;
        }

        private void Add()
        {
            if (current.IsEmpty) return;
            var name = current[(current.IndexOf((byte)'.') + 1)..];
            switch (current[0])
            {
                case (byte)'c':
                    if (seen == 0xff && ProcLine.TryNumber(name, out var core))
                        counters.SetCore(core, new(values[0] + values[1] + values[2] + values[3] + values[4] + values[5], values[6], values[7]));
                    break;
                case (byte)'n':
                    network = true;
                    if (name.SequenceEqual("lo"u8)) break;
                    if (seen == 0xff && !name.IsEmpty)
                        counters.Network.Add(name, values[0], values[1], values[2], values[3], values[4] + values[5], values[6] + values[7]);
                    else networkBroken = true;
                    break;
                default:
                    disks = true;
                    if (seen == 0b11 && !name.IsEmpty) counters.Disks.Add(name, values[0], values[1]);
                    else disksBroken = true;
                    break;
            }
        }

        private static int Field(byte group, ReadOnlySpan<byte> field) => group switch
        {
            (byte)'c' =>
                field.SequenceEqual("user"u8) ? 0 : field.SequenceEqual("nice"u8) ? 1 : field.SequenceEqual("system"u8) ? 2
                : field.SequenceEqual("irq"u8) ? 3 : field.SequenceEqual("softirq"u8) ? 4 : field.SequenceEqual("steal"u8) ? 5
                : field.SequenceEqual("idle"u8) ? 6 : field.SequenceEqual("iowait"u8) ? 7 : -1,
            (byte)'n' =>
                field.SequenceEqual("rx_bytes"u8) ? 0 : field.SequenceEqual("tx_bytes"u8) ? 1
                : field.SequenceEqual("rx_packets"u8) ? 2 : field.SequenceEqual("tx_packets"u8) ? 3
                : field.SequenceEqual("rx_errors"u8) ? 4 : field.SequenceEqual("tx_errors"u8) ? 5
                : field.SequenceEqual("rx_drops"u8) ? 6 : field.SequenceEqual("tx_drops"u8) ? 7 : -1,
            _ => field.SequenceEqual("read_bytes"u8) ? 0 : field.SequenceEqual("write_bytes"u8) ? 1 : -1,
        };
    }

    [InlineArray(8)]
    private struct Values
    {
        private long first;
    }
}
