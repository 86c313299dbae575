using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace OrleansChat.Tests.Browser;

/// <summary>A task of a page's main thread.</summary>
/// <param name="Clock">Milliseconds from its begin to its end, as the Long Tasks API counts.</param>
/// <param name="Processor">Milliseconds of them in which the thread ran: the others went to whatever else ran on the machine.</param>
public readonly record struct PageTask(double Clock, double Processor);

/// <summary>
/// What a page's main thread does, task by task, as Chromium traces it: <c>dur</c> and <c>tdur</c> of its Trace Event Format.
/// The trace is of the whole browser; the page is found in it by a mark that it sets.
/// </summary>
public sealed class PageTasks
{
    private const string Mark = "this page";
    private const int Part = 4 << 20; // bytes in one answer
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ICDPSession browser;

    private PageTasks(ICDPSession browser) => this.browser = browser;

    /// <summary>From now on.</summary>
    public static async Task<PageTasks> Watch(IPage page)
    {
        var browser = await page.Context.Browser!.NewBrowserCDPSessionAsync();
        await browser.SendAsync("Tracing.start", new Dictionary<string, object>
        {
            ["transferMode"] = "ReturnAsStream",
            ["traceConfig"] = new Dictionary<string, object>
            {
                ["recordMode"] = "recordUntilFull",
                ["includedCategories"] = new[] { "disabled-by-default-devtools.timeline", "blink.user_timing" },
            },
        });
        await page.EvaluateAsync("mark => void performance.mark(mark)", Mark);
        return new(browser);
    }

    /// <summary>All tasks since then.</summary>
    public async Task<PageTask[]> End()
    {
        var complete = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        browser.Event("Tracing.tracingComplete").OnEvent += (_, end) => complete.TrySetResult(end!.Value.GetProperty("stream").GetString()!);
        await browser.SendAsync("Tracing.end");
        var stream = await complete.Task.WaitAsync(Patience);
        using var trace = JsonDocument.Parse(await Read(stream));
        await browser.DetachAsync();
        var events = trace.RootElement.GetProperty("traceEvents").EnumerateArray().ToList();
        var page = Thread(events.First(seen => Name(seen) == Mark));
        return [.. events.Where(seen => Name(seen) == "RunTask" && Thread(seen) == page).Select(task => new PageTask(Milliseconds(task, "dur"), Milliseconds(task, "tdur")))];
    }

    private async Task<string> Read(string stream)
    {
        var trace = new StringBuilder();
        for (var more = true; more;)
        {
            var part = (await browser.SendAsync("IO.read", new Dictionary<string, object> { ["handle"] = stream, ["size"] = Part }))!.Value;
            trace.Append(part.GetProperty("data").GetString());
            more = !part.GetProperty("eof").GetBoolean();
        }

        await browser.SendAsync("IO.close", new Dictionary<string, object> { ["handle"] = stream });
        return trace.ToString();
    }

    private static string? Name(JsonElement seen) => seen.TryGetProperty("name", out var name) ? name.GetString() : null;

    private static (int Process, int Thread) Thread(JsonElement seen) => (seen.GetProperty("pid").GetInt32(), seen.GetProperty("tid").GetInt32());

    /// <summary>The trace has microseconds.</summary>
    private static double Milliseconds(JsonElement task, string of) => task.TryGetProperty(of, out var time) ? time.GetDouble() / 1000 : 0;
}
