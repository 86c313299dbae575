using System.Text.RegularExpressions;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// The Content-Security-Policy of the page: if ever a text became more than text, it could still run nothing, dress up
/// as nothing and send nothing away.
/// </summary>
public sealed partial class Policy(House house) : Visit(house)
{
    [GeneratedRegex("unsafe|\\*|https?:")]
    private static partial Regex Loose();

    [Theory]
    [InlineData("/")]
    [InlineData("/nodes.html")]
    [InlineData("/operator.html")]
    [InlineData("/icon.svg")]
    [InlineData("/api/v1/rooms")]
    public async Task Nothing_is_allowed_but_what_the_server_has_itself(string path)
    {
        using var http = new HttpClient { BaseAddress = Server.Address };
        using var answer = await http.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch(Loose(), policy);
        foreach (var word in new[] { "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "connect-src 'self'" })
        {
            Assert.Contains(word, policy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("script-src-elem", "const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s)")]
    [InlineData("script-src-elem", "const s = document.createElement('script'); s.src = 'data:text/javascript,window.ran=true'; document.body.append(s)")]
    [InlineData("script-src-elem", "const s = document.createElement('script'); s.src = 'http://127.0.0.1:9/x.js'; document.body.append(s)")]
    [InlineData("script-src-attr", "document.body.setAttribute('onclick', 'window.ran = true'); document.body.click()")]
    [InlineData("script-src-elem", "const a = document.createElement('a'); a.href = 'javascript:void(window.ran = true)'; document.body.append(a); a.click()")]
    [InlineData("script-src", "setTimeout(() => { try { new Function('window.ran = true')(); } catch (refusal) { console.log(refusal); } })")]
    [InlineData("style-src-attr", "document.body.setAttribute('style', 'outline-width: 77px')")]
    [InlineData("style-src-elem", "const s = document.createElement('style'); s.textContent = 'body { outline-width: 77px }'; document.body.append(s)")]
    [InlineData("img-src", "const i = new Image(); i.src = 'http://127.0.0.1:9/x.png'; document.body.append(i)")]
    [InlineData("frame-src", "const f = document.createElement('iframe'); f.src = '/'; document.body.append(f)")]
    [InlineData("connect-src", "fetch('http://127.0.0.1:9/').catch(() => {})")]
    [InlineData("form-action", "const f = document.createElement('form'); f.action = 'http://127.0.0.1:9/'; document.body.append(f); f.submit()")]
    public async Task What_does_not_belong_to_the_page_does_nothing(string directive, string attempt)
    {
        var ada = await Visitor("Ada");
        ada.ExpectsViolations = true;
        await ada.Page.GotoAsync("/");
        var refused = await ada.Page.EvaluateAsync<string>($$"""
            async () => {
              document.body.style.outline = "1px solid"; // from a script of the page that is allowed
              const refused = new Promise(tell => addEventListener("securitypolicyviolation", event => tell(event.effectiveDirective)));
              {{attempt}};
              return await Promise.race([refused, new Promise(tell => setTimeout(() => tell("nothing"), 5000))]);
            }
            """);
        Assert.Equal(directive, refused);
        Assert.Equal("undefined 1px", await ada.Page.EvaluateAsync<string>("() => `${window.ran} ${getComputedStyle(document.body).outlineWidth}`"));
    }

    protected override Task Prepare() => Task.CompletedTask;
}
