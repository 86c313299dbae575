using Microsoft.AspNetCore.Http.Features;

namespace OrleansChat.Gateway.Hooks;

/// <summary>
/// The address of an incoming webhook has its secret in it. It is taken out before anything sees the request: the
/// framework's request log, the scopes of every other log entry, and traces write addresses down.
/// </summary>
internal sealed class HookAddresses(IServiceProvider services) : IHttpContextFactory
{
    private const string Start = "/api/v1/hooks/";

    private readonly DefaultHttpContextFactory framework = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var request = featureCollection.GetRequiredFeature<IHttpRequestFeature>();
        if (request.Path.StartsWith(Start, StringComparison.OrdinalIgnoreCase)
            && request.Path.IndexOf('/', Start.Length) is >= 0 and var end && end + 1 < request.Path.Length)
        {
            featureCollection.Set(new HookSecret(request.Path[(end + 1)..]));
            request.Path = request.RawTarget = $"{request.Path[..(end + 1)]}-";
        }

        return framework.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => framework.Dispose(httpContext);
}

/// <summary>The secret that stood in a request's address.</summary>
internal sealed record HookSecret(string Value);
