using OrleansChat.Gateway.Sockets;

namespace OrleansChat.Tests.Sockets;

/// <summary>Something that was read, in a form that can be kept, compared and printed.</summary>
public sealed record Outcome(ReceivedKind Kind, string Payload = "", int Code = 0, string Reason = "")
{
    /// <summary>The words of a violation are for people, and are not compared.</summary>
    public static Outcome Of(Received received) => received.Kind == ReceivedKind.Violation
        ? new(ReceivedKind.Violation, Code: received.Code)
        : new(received.Kind, Convert.ToHexStringLower(received.Payload.Span), received.Code, received.Reason);

    /// <summary>Reads until the end, or until nothing can follow.</summary>
    public static async Task<List<Outcome>> ReadAll(FrameReader reader, CancellationToken cancel)
    {
        var outcomes = new List<Outcome>();
        while (true)
        {
            var received = await reader.ReadMessage(cancel);
            if (received.Kind == ReceivedKind.End) return outcomes;
            outcomes.Add(Of(received));
            if (received.Kind is ReceivedKind.Close or ReceivedKind.Violation) return outcomes;
        }
    }
}
