using System.Diagnostics;
using OrleansChat.Gateway.Identity;
using OrleansChat.Gateway.Operations;

namespace OrleansChat.Gateway.Sockets;

/// <summary>What a client asks for, from the frame to the answer.</summary>
public sealed partial class ChatSocket
{
    private const int BadFramesInARow = 10;

    private int badFrames;

    private async Task Take(ParsedFrame frame)
    {
        if (leaving) return; // what comes now is repeated elsewhere
        badFrames = frame.Bad ? badFrames + 1 : 0;
        if (Limited() is { } limited)
        {
            Answer(frame.Id, limited);
        }
        else if (frame.Operation is null)
        {
            Answer(frame.Id, frame.Refusal!);
            if (badFrames >= BadFramesInARow) End(ProtocolClose.BadFrames, "too many bad frames");
        }
        else if (frame.Operation is Operation.Hello hello)
        {
            using var observed = edge.Meter.Begin(hello);
            await Greet(frame.Id!.Value, hello);
        }
        else if (caller is null)
        {
            Answer(frame.Id, Refusal.Unauthenticated("Say hello first."));
        }
        else
        {
            await SetOut(frame.Id!.Value, frame.Operation);
        }
    }

    /// <summary>Why this connection or its user must wait. Too many refusals for it, and the connection ends.</summary>
    private Refusal? Limited()
    {
        if (rate is null) return null;
        var refusal = rate.TryTake(out var wait)
            ? caller is null ? null : edge.Rates.Operation(caller.Id)
            : Refusal.RateLimited("Too many operations on this connection.", wait);
        if (refusal is not null && !warnings!.TryTake(out _)) End(ProtocolClose.TooManyOperations, "too many operations");
        return refusal;
    }

    private async Task SetOut(long id, Operation operation)
    {
        var observed = edge.Meter.Begin(operation);
        user!.Touch(observed.Began);
        await lanes.Place(ended.Token);
        lanes.Run(operation.LaneOf(User), operation.MayFollowClosely, new UnderWay(this, id, operation, observed));
    }

    private async ValueTask<Reply> Carry(Operation operation)
    {
        try
        {
            return operation switch
            {
                Operation.Join join => await Join(join),
                Operation.Watch or Operation.Unwatch when TokenScopes.Refuse(caller!, Operation.NameOf(operation)) is { } forbidden => forbidden,
                Operation.Watch watch => Watching(watch.Topic, on: true),
                Operation.Unwatch unwatch => Watching(unwatch.Topic, on: false),
                _ => await edge.Dispatch.Carry(caller!, operation),
            };
        }
        catch (UnavailableException)
        {
            return Refusal.Unavailable("The storage does not answer; try again.");
        }
        catch (Exception e)
        {
            LogBroke(edge.Log, operation.GetType().Name, e);
            return Refusal.Unavailable("Something broke here; try again.");
        }
    }

    private Reply Watching(string topic, bool on)
    {
        if (topic != "metrics") return Refusal.BadRequest("The topic is 'metrics'.");
        if (!caller!.Admin) return Refusal.Forbidden("Node metrics are for administrators.");
        if (on) edge.Watchers.Add(Outbox);
        else edge.Watchers.Remove(Outbox);
        return Reply.Done;
    }

    private void Answer(long? id, Reply reply)
    {
        if (reply.Refusal is { } refusal) edge.Meter.Refused(refusal);
        if (!Outbox.Send(AnswerFrames.Answer(id, reply))) FellBehind();
    }

    /// <summary>An operation, from its turn to its answer.</summary>
    private sealed class UnderWay(ChatSocket socket, long id, Operation operation, Observed observed) : Errand
    {
        private ValueTask<Reply> carried; // there once it has set out

        public override Task Done => carried.IsCompleted ? Task.CompletedTask : carried.AsTask();

        public override void SetOut()
        {
            var before = observed.Enter();
            carried = socket.Carry(operation).Preserve();
            Activity.Current = before;
        }

        public override async Task Answer()
        {
            Reply reply;
            using (observed)
            {
                reply = await carried;
                observed.Answered(reply);
                // Somebody who asks for much at once has it as they read; their further frames wait meanwhile.
                var answer = AnswerFrames.Answer(id, reply);
                while (!socket.Outbox.TryPlace(answer, reply.Then))
                {
                    if (!await socket.Outbox.PlaceFor(answer)) return;
                }
            }
        }
    }

    [LoggerMessage(EventId = 12, EventName = "OperationBroke", Level = LogLevel.Error, Message = "An operation {Operation} broke.")]
    private static partial void LogBroke(ILogger log, string operation, Exception reason);
}
