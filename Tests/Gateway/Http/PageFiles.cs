using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace OrleansChat.Tests.Gateway.Http;

/// <summary>The page's files, as a browser asks for them.</summary>
public sealed partial class PageFiles(ChatServer server) : IClassFixture<ChatServer>
{
    private const int FirstVisit = 120 * 1024; // bytes, compressed

    [GeneratedRegex(@"^(?:import|export)\b[^;]*?\bfrom ""(\.[^""]+)"";", RegexOptions.Multiline)]
    private static partial Regex Import();

    [GeneratedRegex("<link rel=\"(stylesheet|icon|modulepreload)\" href=\"([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex("<script[^>]* src=\"([^\"]+)\"")]
    private static partial Regex Script();

    [Fact]
    public async Task All_modules_of_the_first_visit_are_asked_for_at_once_and_no_others()
    {
        var needed = await Modules();
        var preloaded = (await Links("modulepreload")).ToList();
        Assert.True(preloaded.Count == preloaded.Distinct().Count(), "index.html preloads a module twice.");
        var lacking = needed.Except(preloaded).Order().Select(module => $"  <link rel=\"modulepreload\" href=\"{module}\">");
        var idle = preloaded.Except(needed);
        Assert.True(!lacking.Any() && !idle.Any(), $"index.html lacks:\n{string.Join('\n', lacking)}\nand preloads for nothing:\n{string.Join('\n', idle)}");
    }

    [Fact]
    public async Task The_first_visit_is_at_most_120_kilobytes()
    {
        var scripts = Script().Matches(await Text("")).Select(script => script.Groups[1].Value);
        Assert.Contains("app.js", scripts);
        string[] files = ["", .. scripts, .. await Modules(), .. await Links("stylesheet"), .. await Links("icon")];
        var bytes = 0;
        foreach (var file in files)
        {
            using var answer = await Ask(file, "br");
            Assert.Equal(200, (int)answer.StatusCode);
            bytes += (await answer.Content.ReadAsByteArrayAsync()).Length;
        }

        Assert.InRange(bytes, 1, FirstVisit);
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("app.js", "text/javascript")]
    [InlineData("style.css", "text/css")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task A_file_says_what_it_is_and_comes_compressed_to_who_can_read_that(string file, string type)
    {
        using var plain = await Ask(file);
        Assert.Equal((type, 0), (plain.Content.Headers.ContentType!.MediaType, plain.Content.Headers.ContentEncoding.Count));
        Assert.Equal("nosniff", plain.Headers.GetValues("X-Content-Type-Options").Single());
        var whole = await plain.Content.ReadAsByteArrayAsync();
        foreach (var encoding in new[] { "br", "gzip" })
        {
            using var packed = await Ask(file, encoding);
            Assert.Equal([encoding], packed.Content.Headers.ContentEncoding);
            Assert.Equal(["Accept-Encoding"], packed.Headers.Vary);
            Assert.Equal(type, packed.Content.Headers.ContentType!.MediaType);
            Assert.InRange((await packed.Content.ReadAsByteArrayAsync()).Length, 1, whole.Length - 1);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("br")]
    public async Task A_browser_asks_each_time_and_is_told_that_the_file_is_the_same(string? encoding)
    {
        using var first = await Ask("app.js", encoding);
        Assert.True(first.Headers.CacheControl!.NoCache);
        Assert.NotNull(first.Headers.ETag);
        using var again = await Ask("app.js", encoding, first.Headers.ETag);
        Assert.Equal((304, true), ((int)again.StatusCode, again.Headers.CacheControl!.NoCache));
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        using var other = await Ask("app.js", encoding, new EntityTagHeaderValue("\"older\""));
        Assert.Equal(200, (int)other.StatusCode);
    }

    [Fact]
    public async Task Every_form_of_a_file_has_a_tag_of_its_own()
    {
        var tags = new HashSet<string>();
        foreach (var encoding in new[] { null, "br", "gzip", "gzip, br", "br;q=0" })
        {
            using var answer = await Ask("app.js", encoding);
            Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
            tags.Add($"{answer.Headers.ETag} {answer.Content.Headers.ContentEncoding}");
        }

        Assert.Equal(3, tags.Count);
    }

    [Fact]
    public async Task No_answer_that_may_hold_a_secret_is_compressed()
    {
        var (_, token) = await server.Account("ada");
        foreach (var path in new[] { "api/v1/rooms", "api/v1/rooms/lobby", "api/v1/search?query=tea", "openapi/v1.json", "metrics", "health/ready", "no/such/file" })
        {
            using var answer = await Ask(path, "br", token: token);
            Assert.Empty(answer.Content.Headers.ContentEncoding);
        }
    }

    /// <summary>What <c>app.js</c> imports, and what that imports, to the end.</summary>
    private async Task<HashSet<string>> Modules()
    {
        var (found, open) = (new HashSet<string>(), new Stack<string>(["app.js"]));
        while (open.TryPop(out var module))
        {
            foreach (Match import in Import().Matches(await Text(module)))
            {
                var path = new Uri(new Uri($"http://page/{module}"), import.Groups[1].Value).AbsolutePath[1..];
                if (found.Add(path)) open.Push(path);
            }
        }

        Assert.Contains("socket.js", found);
        return found;
    }

    private async Task<IEnumerable<string>> Links(string rel) =>
        Link().Matches(await Text("")).Where(link => link.Groups[1].Value == rel).Select(link => link.Groups[2].Value);

    private async Task<string> Text(string file)
    {
        using var answer = await Ask(file);
        Assert.True(answer.IsSuccessStatusCode, $"There is no {file}.");
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> Ask(string file, string? encoding = null, EntityTagHeaderValue? known = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/{file}");
        if (encoding is not null) request.Headers.AcceptEncoding.ParseAdd(encoding);
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        return await server.Http.SendAsync(request);
    }
}
