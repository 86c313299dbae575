using System.Globalization;
using OrleansChat.Gateway.Operations;

namespace OrleansChat.Gateway.Http;

/// <summary>Refusals as RFC 9457 problem details, with the protocol's code.</summary>
internal static class Problems
{
    public static IResult Of(Refusal refusal) => new ProblemResult(refusal);

    /// <summary>An operation's reply as JSON, or as a problem.</summary>
    public static IResult ToResult(this Reply reply) =>
        reply.Refusal is { } refusal ? Of(refusal)
        : reply.Ok is Done ? Results.NoContent()
        : Results.Json(reply.Ok, reply.Ok!.GetType(), WireJson.Wire);

    public static int Status(ErrorCode code) => code switch
    {
        ErrorCode.BadRequest or ErrorCode.TooLong => StatusCodes.Status400BadRequest,
        ErrorCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorCode.Forbidden or ErrorCode.NotMember or ErrorCode.Banned => StatusCodes.Status403Forbidden,
        ErrorCode.NotFound => StatusCodes.Status404NotFound,
        ErrorCode.Conflict => StatusCodes.Status409Conflict,
        ErrorCode.RateLimited => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    /// <summary>The code that belongs to a status which the framework gave on its own.</summary>
    public static ErrorCode CodeOf(int status) => status switch
    {
        401 => ErrorCode.Unauthenticated,
        403 => ErrorCode.Forbidden,
        404 => ErrorCode.NotFound,
        409 => ErrorCode.Conflict,
        413 => ErrorCode.TooLong,
        429 => ErrorCode.RateLimited,
        >= 500 => ErrorCode.Unavailable,
        _ => ErrorCode.BadRequest,
    };

    /// <summary>The protocol's word for a code: <c>not_found</c>.</summary>
    public static string Word(ErrorCode code) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());

    private sealed class ProblemResult(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (refusal.RetryAfter is { } seconds)
            {
                httpContext.Response.Headers.RetryAfter = Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture);
            }

            return Results.Problem(refusal.Message, statusCode: Status(refusal.Code),
                extensions: new Dictionary<string, object?> { ["code"] = Word(refusal.Code) }).ExecuteAsync(httpContext);
        }
    }
}
