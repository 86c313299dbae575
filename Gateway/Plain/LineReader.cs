using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace OrleansChat.Gateway.Plain;

/// <summary>
/// The lines that somebody sends. What has no newline yet counts as one once they pause, or say no more: old programs
/// send what they have to say and wait for the answer.
/// </summary>
/// <param name="longest">Bytes; of a longer line nothing is kept.</param>
internal sealed class LineReader(PipeReader input, int longest, TimeProvider time)
{
    /// <summary>Longer than the parts of one line are apart on a slow network, and not long for whoever waits.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Each line without its end, until the peer has said all; null where one was too long.</summary>
    public async IAsyncEnumerable<string?> ReadAll([EnumeratorCancellation] CancellationToken cancel)
    {
        await using var pause = time.CreateTimer(_ => input.CancelPendingRead(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var (waiting, tooLong) = (0L, false); // bytes for which the pause runs; whether the line has been too long before them
        while (true)
        {
            var read = await input.ReadAsync(cancel);
            var bytes = read.Buffer;
            while (bytes.PositionOf((byte)'\n') is { } end)
            {
                var line = bytes.Slice(0, end);
                bytes = bytes.Slice(bytes.GetPosition(1, end));
                yield return tooLong || line.Length > longest ? null : Text(line);
                tooLong = false;
            }

            var paused = read.IsCompleted || (read.IsCanceled && bytes.Length == waiting);
            if (bytes.Length > longest) (tooLong, bytes) = (true, bytes.Slice(bytes.End));
            if (paused && (tooLong || !bytes.IsEmpty))
            {
                yield return tooLong ? null : Text(bytes);
                (tooLong, bytes) = (false, bytes.Slice(bytes.End));
            }

            waiting = bytes.Length;
            input.AdvanceTo(bytes.Start, bytes.End);
            if (read.IsCompleted) yield break;
            pause.Change(waiting > 0 || tooLong ? Pause : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private static string Text(ReadOnlySequence<byte> line) => Encoding.UTF8.GetString(line).TrimEnd('\r');
}
