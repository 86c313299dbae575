namespace OrleansChat.Gateway.Identity;

/// <summary>
/// An administrator's token as a cookie, which a browser sends where it opens an address by itself. No script reads it,
/// no other site's page can make a browser send it, and it goes to the operators' pages and nowhere else: the rest of
/// the server takes tokens from the <c>Authorization</c> header only. It ends with the browser or with its session,
/// which is asked of storage each time.
/// </summary>
public sealed class OperatorCookie(Tokens tokens, IEnumerable<OperatorPage> pages)
{
    public const string Name = "chat-operator";

    /// <summary>The pages that there are on this node.</summary>
    public IReadOnlyList<OperatorPage> Pages { get; } = [.. pages];

    public void Set(HttpContext http, string token)
    {
        foreach (var page in Pages) http.Response.Cookies.Append(Name, token, For(page, http));
    }

    public void Clear(HttpContext http)
    {
        foreach (var page in Pages) http.Response.Cookies.Delete(Name, For(page, http));
    }

    /// <summary>
    /// Who the request's cookie speaks for; null without one, and when it is worth nothing any more. A program's token
    /// is not taken: the pages are for people.
    /// </summary>
    public async Task<Caller?> Read(HttpRequest request) => await tokens.Read(request.Cookies[Name]) is { Scopes: null } caller ? caller : null;

    private static CookieOptions For(OperatorPage page, HttpContext http) => new()
    {
        Path = page.Path,
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
    };
}
