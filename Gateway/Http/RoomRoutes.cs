using OrleansChat.Gateway.Nodes;
using OrleansChat.Gateway.Operations;
using OrleansChat.Rooms;

namespace OrleansChat.Gateway.Http;

/// <summary>Rooms, messages and search over HTTP: the same operations, through the same switch.</summary>
internal static class RoomRoutes
{
    public static void MapRooms(this IEndpointRouteBuilder api)
    {
        var known = api.MapGroup("").RequireCaller().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(429);

        known.MapGet("/rooms", (HttpContext http, Dispatch dispatch, string? query, string? after) =>
            Carry(http, dispatch, new Operation.ListRooms(query, after)))
            .WithTags("Rooms").Produces<ListedRooms>();

        known.MapGet("/rooms/{room}", (HttpContext http, Dispatch dispatch, string room, string? after) =>
            In(room, id => Carry(http, dispatch, new Operation.Status(id, after))))
            .WithTags("Rooms").Produces<RoomStatus>();

        known.MapGet("/rooms/{room}/messages", (HttpContext http, Dispatch dispatch, string room, long? before, long? after, int? limit) =>
            In(room, id => Carry(http, dispatch, new Operation.History(id, before, after, limit))))
            .WithTags("Messages").Produces<HistoryPage>();

        known.MapPost("/rooms/{room}/messages", (HttpContext http, Dispatch dispatch, string room, NewMessage message) =>
            In(room, id => Carry(http, dispatch, new Operation.Post(id, message.Text, message.Key, message.Reply))))
            .WithTags("Messages").Produces<PostAnswer>();

        known.MapGet("/search", (HttpContext http, Dispatch dispatch, string query, string? room, string? cursor, int? limit) =>
            room is null
                ? Carry(http, dispatch, new Operation.Search(query, null, cursor, limit))
                : In(room, id => Carry(http, dispatch, new Operation.Search(query, id, cursor, limit))))
            .WithTags("Messages").Produces<SearchPage>();
    }

    private static Task<IResult> In(string room, Func<RoomId, Task<IResult>> then) =>
        RoomId.TryParse(room, null, out var id) ? then(id) : Task.FromResult(Problems.Of(Refusal.BadRequest("That is not a room id.")));

    private static async Task<IResult> Carry(HttpContext http, Dispatch dispatch, Operation operation)
    {
        using var observed = http.RequestServices.GetRequiredService<EdgeMeter>().Begin(operation);
        var reply = await dispatch.Carry(http.Caller(), operation);
        observed.Answered(reply);
        return reply.ToResult();
    }
}

/// <param name="Key">The sender's own name for this message: sent again with the same key it is stored once.</param>
public sealed record NewMessage(string Text, string Key, long? Reply = null);
