using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using OrleansChat.Gateway.Hooks;
using OrleansChat.Gateway.Limits;
using OrleansChat.Gateway.Operations;
using OrleansChat.Hooks;
using OrleansChat.Rooms;
using OrleansChat.Users;

namespace OrleansChat.Gateway.Http;

/// <summary>Webhooks: for those who keep a room, and the address at which programs post.</summary>
internal static class HookRoutes
{
    private const string IdempotencyKey = "Idempotency-Key";

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    public static void MapHooks(this IEndpointRouteBuilder api)
    {
        var known = api.MapGroup("/rooms/{room}").RequireCaller().WithTags("Webhooks").ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        known.AddEndpointFilter(AsConfigure);

        known.MapGet("/hooks", async (string room, HttpContext http, RoomHooks hooks) =>
        {
            if (!RoomId.TryParse(room, null, out var id)) return NoRoomId();
            var answer = await hooks.Of(http.Caller().Actor, id);
            return answer.Ok ? Results.Json(new HooksAnswer([.. answer.Value.Select(HookView.Of)]), WireJson.Wire.HooksAnswer) : Problems.Of(answer.Refusal);
        }).Produces<HooksAnswer>();

        known.MapPost("/hooks", Make).Produces<NewHookAnswer>().ProducesProblem(400).ProducesProblem(409);

        known.MapPatch("/hooks/{hook}", async (string room, string hook, HookSwitch wanted, HttpContext http, RoomHooks hooks, HookDeliveries deliveries) =>
        {
            var answer = await In(room, hook, (id, its) => hooks.Switch(http.Caller().Actor, id, its, wanted.On));
            deliveries.Wake();
            return answer;
        }).Produces(204).ProducesProblem(400);

        known.MapDelete("/hooks/{hook}", (string room, string hook, HttpContext http, RoomHooks hooks) =>
            In(room, hook, (id, its) => hooks.Remove(http.Caller().Actor, id, its)))
            .Produces(204);

        api.MapPost("/hooks/{hook}/{secret}", Post).WithTags("Webhooks").WithMetadata(new Accepted())
            .Produces<PostAnswer>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(429);
    }

    /// <summary>Guests who may not change rooms here may not connect them either.</summary>
    private static async ValueTask<object?> AsConfigure(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var guests = context.HttpContext.RequestServices.GetRequiredService<IOptions<ChatOptions>>().Value.Guests;
        return context.HttpContext.Caller().Id.IsGuest && guests.Refused.Contains("configure")
            ? Problems.Of(Refusal.Forbidden("Guests may not do this here."))
            : await next(context);
    }

    private static async Task<IResult> Make(string room, NewHook wanted, HttpContext http, RoomHooks hooks, HookDeliveries deliveries)
    {
        if (!RoomId.TryParse(room, null, out var id)) return NoRoomId();
        if (wanted.Url is null && wanted.Events is not null) return Problems.Of(Refusal.BadRequest("Events are sent to a url."));
        var answer = wanted.Url is null
            ? await hooks.MakeIncoming(http.Caller().Actor, id, wanted.Name)
            : await hooks.MakeOutgoing(http.Caller().Actor, id, wanted.Name, wanted.Url, wanted.Events);
        if (!answer.Ok) return Problems.Of(answer.Refusal);
        var (hook, secret) = answer.Value;
        deliveries.Wake();
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            wanted.Url is null
                ? new NewHookAnswer(hook.Id, hook.Bot, Url: $"{http.Request.Scheme}://{http.Request.Host}/api/v1/hooks/{hook.Id}/{secret}")
                : new NewHookAnswer(hook.Id, hook.Bot, Secret: secret),
            WireJson.Wire.NewHookAnswer);
    }

    /// <summary>A program says something. It has no token: the address is the secret.</summary>
    private static async Task<IResult> Post(string hook, HttpContext http, RoomHooks hooks, UserRates rates)
    {
        try
        {
            if (await hooks.Open(hook, http.Features.Get<HookSecret>()?.Value ?? "") is not { } open) return Problems.Of(RoomHooks.NoSuchHook());
            if (rates.Operation(open.Bot) is { } limited) return Problems.Of(limited);
            if (await Read(http.Request) is not { } message) return Problems.Of(Refusal.BadRequest("The body is JSON with a text, or the text itself as text/plain, in UTF-8."));
            var key = http.Request.Headers[IdempotencyKey] is [{ Length: > 0 } given] ? given : message.Key ?? Guid.NewGuid().ToString("N");
            var answer = await hooks.Post(open, message.Text, key);
            return answer.Ok ? new Reply(new PostAnswer(answer.Value.Seq, answer.Value.At), null).ToResult() : Problems.Of(answer.Refusal);
        }
        catch (BadHttpRequestException e)
        {
            return Results.StatusCode(e.StatusCode); // too long, or it broke off
        }
        catch (UnavailableException)
        {
            return Problems.Of(Refusal.Unavailable("The storage does not answer; try again."));
        }
    }

    /// <summary>What the body says; null where it is neither of the two.</summary>
    private static async Task<HookMessage?> Read(HttpRequest request)
    {
        try
        {
            if (request.HasJsonContentType()) return await JsonSerializer.DeserializeAsync(request.Body, HookJson.Default.HookMessage, request.HttpContext.RequestAborted);
            if (request.GetTypedHeaders().ContentType is { } type && !type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase)) return null;
            using var reader = new StreamReader(request.Body, StrictUtf8, detectEncodingFromByteOrderMarks: false);
            return new(await reader.ReadToEndAsync(request.HttpContext.RequestAborted));
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or FormatException)
        {
            return null;
        }
    }

    private static async Task<IResult> In(string room, string hook, Func<RoomId, HookId, Task<Answer<Done>>> then)
    {
        if (!RoomId.TryParse(room, null, out var id)) return NoRoomId();
        var answer = HookId.TryParse(hook, null, out var its) ? await then(id, its) : Refusal.NotFound("This room has no such webhook.");
        return answer.Refusal is { } refusal ? Problems.Of(refusal) : Results.NoContent();
    }

    private static IResult NoRoomId() => Problems.Of(Refusal.BadRequest("That is not a room id."));

    /// <summary>What the OpenAPI document says that the address takes.</summary>
    private sealed class Accepted : IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes => ["application/json", "text/plain"];

        public Type RequestType => typeof(HookMessage);

        public bool IsOptional => false;
    }
}

/// <param name="Url">Where the room's events are to go. Without it the webhook posts into the room.</param>
/// <param name="Events">The kinds of events that are sent: <c>["message","deleted"]</c>. Without it all are.</param>
public sealed record NewHook(string Name, string? Url = null, IReadOnlyList<string>? Events = null);

/// <param name="Url">Of an incoming one: where it is posted to. It is not shown again.</param>
/// <param name="Secret">Of an outgoing one: what its deliveries are signed with. It is not shown again.</param>
public sealed record NewHookAnswer(HookId Id, UserId Bot, string? Url = null, string? Secret = null);

public sealed record HookSwitch(bool On);

/// <param name="Key">The sender's own name for this message: sent again with the same key it is stored once. The header <c>Idempotency-Key</c> says the same.</param>
public sealed record HookMessage(string Text, string? Key = null);

public sealed record HooksAnswer(IReadOnlyList<HookView> Hooks);

/// <param name="Url">Of an outgoing one: where it sends to.</param>
/// <param name="Events">The kinds that it sends; absent for all.</param>
/// <param name="On">Of an outgoing one: whether it sends.</param>
/// <param name="Delivered">Up to this number the room's log has arrived.</param>
/// <param name="Error">Why nothing arrives at present, or did not when it was switched off.</param>
public sealed record HookView(
    HookId Id,
    string Name,
    UserId Bot,
    UserId By,
    [property: JsonConverter(typeof(WireTimeConverter))] DateTimeOffset Created,
    Uri? Url,
    IReadOnlyList<string>? Events,
    bool? On,
    long? Delivered,
    string? Error)
{
    internal static HookView Of(Hook hook) => new(
        hook.Id, hook.Name, hook.Bot, hook.By, hook.Created,
        hook.Outgoing?.Url, hook.Outgoing?.Kinds, hook.Outgoing?.On, hook.Outgoing?.Cursor, hook.Outgoing?.Trouble?.Error);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowDuplicateProperties = false, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HookMessage))]
internal sealed partial class HookJson : JsonSerializerContext;
