using System.Diagnostics;
using Microsoft.Playwright;
using OrleansChat.Client;
using OrleansChat.Rooms;
using OrleansChat.Storage;
using static Microsoft.Playwright.Assertions;
using static OrleansChat.Tests.Browser.SpeedReport;

namespace OrleansChat.Tests.Browser;

/// <summary>
/// What the page costs: bytes, time, elements, memory. In small, to see that nothing grows without a bound; by hand in
/// full, into <c>docs/page-speed.md</c> or the file that CHAT_REPORT names:
/// <c>CHAT_MEASURE=1 dotnet test Tests.Browser -c Release --filter PageSpeed</c>
/// </summary>
public sealed class PageSpeed(House house, SpeedReport report) : Visit(house), IClassFixture<SpeedReport>
{
    private const int FirstVisit = 120 * 1024; // bytes on the wire, with all headers
    private const int MostElements = 12_000;   // of a page that holds 400 messages
    private const double MostGrowth = 8;       // MB; far above what comes and goes, far below what thousands of messages weigh
    private const double MostDrawings = 12;    // a second, of what others do; ten, and some for what the page does besides
    private const int LongRoom = 100_000;
    private const int Talkers = 3;

    private static readonly int Visits = ByHand ? 15 : 1;
    private static readonly int Read = ByHand ? LongRoom : 1_500;
    private static readonly TimeSpan Begin = TimeSpan.FromSeconds(ByHand ? 10 : 1);
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(ByHand ? 60 : 2);
    private static readonly (int Steps, int Each) Hour = ByHand ? (18, 10_000) : (2, 1_000);

    private readonly House house = house;

    protected override Task<ChatServer> FindServer() => report.Server(() => house.NewServer(Past));

    private static async Task Past(IStorage storage)
    {
        var room = new Chronicle(RoomId.Parse("long")) { Now = DateTimeOffset.UtcNow.AddSeconds(-2 * Read) };
        room.Begins("joan", "The long room", null, Visibility.Public, "bob");
        for (var i = 1; i <= Read; i++)
        {
            room.Says(i % 7 < 4 ? "bob" : "joan", $"Message {i}. {Sentence(i)}", reply: i % 13 == 0 ? room.Head - 5 : null);
        }

        await room.Write(storage);
    }

    /// <summary>As people write: often a few words, at times a paragraph.</summary>
    private static string Sentence(int i) => string.Join(' ', Enumerable.Repeat("So they went on talking, and **nobody** minded.", i % 17 == 0 ? 9 : i % 3));

    [Fact]
    public async Task The_first_visit_is_at_most_120_kilobytes_on_the_wire()
    {
        var ada = await Visitor("Ada");
        report.Used((await house.Browser).Version);
        var chromium = await ada.Page.Context.NewCDPSessionAsync(ada.Page);
        var (bytes, requests) = (0.0, 0);
        chromium.Event("Network.loadingFinished").OnEvent += (_, loaded) =>
        {
            bytes += loaded!.Value.GetProperty("encodedDataLength").GetDouble();
            requests++;
        };
        await chromium.SendAsync("Network.enable");
        await ada.Opens("long");
        await ada.ComesIn();
        await Expect(ada.Texts).ToHaveCountAsync(50);
        await ada.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        report.Add(1, "The first visit", $"{Number(bytes / 1024, 1)} KB in {requests} requests, compressed and with all headers, until the first room is on the screen. The goal is 120 KB.");
        Assert.InRange(requests, 10, 120);
        Assert.InRange(bytes, 1, FirstVisit);
    }

    [Fact]
    public async Task The_first_message_comes_onto_the_screen()
    {
        var lines = new List<string> { "From navigation until the first message of a room is painted, for somebody who is signed in:", "", "| | median | slowest |", "|---|---|---|" };
        foreach (var (name, cached, slow) in new[] { ("nothing in the cache", false, false), ("a second visit", true, false), ("nothing in the cache, on 4G (9 Mbit/s, 60 ms)", false, true) })
        {
            var ada = await Guest("Ada", "long");
            var times = new List<double>();
            for (var i = 0; i < Visits; i++) times.Add(await Arrive(ada, cached, slow));
            lines.Add($"| {name} | {Number(Median(times))} ms | {Number(times.Max())} ms |");
        }

        report.Add(2, "The first message", [.. lines, "", $"{Visits} visits each. The page's files are asked about each time (304), as they are in real life."]);
    }

    /// <summary>Opens the page anew. Milliseconds until the first message is painted.</summary>
    private static async Task<double> Arrive(Person ada, bool cached, bool slow)
    {
        var page = await ada.Page.Context.NewPageAsync();
        var chromium = await page.Context.NewCDPSessionAsync(page);
        await chromium.SendAsync("Network.enable");
        if (!cached) await chromium.SendAsync("Network.setCacheDisabled", new Dictionary<string, object> { ["cacheDisabled"] = true });
        if (slow)
        {
            await chromium.SendAsync("Network.emulateNetworkConditions", new Dictionary<string, object>
            {
                ["offline"] = false,
                ["latency"] = 60,
                ["downloadThroughput"] = 9e6 / 8,
                ["uploadThroughput"] = 9e6 / 8,
            });
        }

        await page.AddInitScriptAsync("""
            window.painted = new Promise(tell => new MutationObserver((_, observer) => {
              if (!document.querySelector(".message .text")) return;
              observer.disconnect();
              requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => tell(performance.now()); port2.postMessage(0); });
            }).observe(document, { childList: true, subtree: true }));
            """);
        await page.GotoAsync("/#long");
        var time = await page.EvaluateAsync<double>("() => window.painted");
        await page.CloseAsync();
        return time;
    }

    [Fact]
    public async Task A_long_room_is_read_to_its_beginning_in_a_page_that_stays_small()
    {
        var ada = await Guest("Ada", "long");
        var heap = await Heap(ada.Page);
        await PageWatch.Begin(ada.Page);
        var read = await ada.Page.EvaluateAsync<Reading>("""
            async () => {
              const scroller = document.querySelector(".log-scroller");
              const oldest = () => Number(document.querySelector(".message")?.dataset.seq);
              const frame = () => new Promise(requestAnimationFrame);
              const pages = [];
              let elements = 0;
              let messages = 0;
              while (!document.querySelector(".log-rows .start")) {
                const before = oldest();
                const began = performance.now();
                scroller.scrollTop = 0;
                while (oldest() === before && !document.querySelector(".log-rows .start")) {
                  if (performance.now() - began > 10_000) throw new Error(`Nothing comes before ${before}.`);
                  await frame();
                }
                pages.push(performance.now() - began);
                elements = Math.max(elements, document.getElementsByTagName("*").length);
                messages = Math.max(messages, document.getElementsByClassName("message").length);
              }
              return { pages, elements, messages };
            }
            """);
        var seen = await PageWatch.End(ada.Page);
        await ada.Page.Locator(".log-scroller").EvaluateAsync("scroller => scroller.scrollTop = 0");
        await Expect(ada.Texts.First).ToContainTextAsync("Message 1.");
        var after = await Heap(ada.Page);
        report.Add(3, $"A room of {Number(Read)} messages, scrolled through to its beginning",
            "| | |", "|---|---|",
            $"| pages of history | {read.Pages.Length} |",
            $"| a page, from reaching the top to having it on the screen | median {Number(Median(read.Pages))} ms, 99 % within {Number(At(read.Pages, 0.99))} ms, slowest {Number(read.Pages.Max())} ms |",
            $"| messages in the page, at the most | {read.Messages} |",
            $"| elements in the page, at the most | {Number(read.Elements)} |",
            $"| frames that came after more than 50 ms | {seen.Gaps.Count(gap => gap > 50)} of {seen.Gaps.Length} |",
            $"| long tasks | {(seen.Tasks.Length == 0 ? "none" : $"{seen.Tasks.Length}, the longest {Number(seen.Tasks.Max())} ms")} |",
            $"| JavaScript's memory before and after | {Number(heap, 1)} MB, {Number(after, 1)} MB |");
        Assert.InRange(read.Elements, 400, MostElements);
        Assert.InRange(after, 0, heap + MostGrowth);
    }

    [Fact]
    public async Task Fifty_messages_a_second_leave_the_page_free()
    {
        var ada = await Guest("Ada");
        var talkers = await Gather(ada);
        var (first, then) = (await Traffic(ada, talkers, Begin), await Traffic(ada, talkers, Busy));
        report.Add(4, $"50 messages a second, for {Busy.TotalSeconds:N0} s",
            [
                $"| | the first {Begin.TotalSeconds:N0} s | {Busy.TotalSeconds:N0} s after them |", "|---|---|---|",
                .. Rows(first).Zip(Rows(then), (one, other) => $"| {one.Name} | {one.Value} | {other.Value} |"), "",
                "Tasks as the Long Tasks API counts them: by the clock, so that one counts as well in which the machine took the processor away. " +
                "Processor time is that of the page's main thread in one task, from a trace of Chromium (`tdur`), over all its tasks. " +
                "In the first seconds the page and a server that was just started are compiled.",
            ]);
        Assert.InRange(then.Seen.Elements, 100, MostElements);
        Assert.InRange(then.Seen.Drawings, 1, MostDrawings * then.Seen.Seconds);
    }

    /// <summary>They talk for some time, and somebody looks on.</summary>
    private async Task<(int Messages, PageWatch Seen, PageTask[] Tasks)> Traffic(Person ada, ChatClient[] talkers, TimeSpan time)
    {
        var trace = await PageTasks.Watch(ada.Page);
        await PageWatch.Begin(ada.Page);
        var count = await Chatter(talkers, time);
        await Expect(ada.Texts.Last).ToHaveTextAsync($"That was all {count}.");
        return (count, await PageWatch.End(ada.Page), await trace.End());
    }

    private static IEnumerable<(string Name, string Value)> Rows((int Messages, PageWatch Seen, PageTask[] Tasks) traffic)
    {
        const double Long = 50; // ms
        var (count, seen, tasks) = traffic;
        var own = tasks.Count(task => task.Processor > Long);
        yield return ("messages that came", Number(count));
        yield return ("tasks over 50 ms", seen.Tasks.Length == 0 ? "none" : $"{seen.Tasks.Length}, the longest {Number(seen.Tasks.Max())} ms");
        yield return ("tasks with more than 50 ms of processor time", own == 0 ? "none" : Number(own));
        yield return ("processor time of one task, at the most", $"{Number(tasks.Max(task => task.Processor))} ms");
        yield return ("processor time of the main thread", $"{Number(tasks.Sum(task => task.Processor) / (10 * seen.Seconds))} % of one core");
        yield return ("drawings of the log", $"{Number(seen.Drawings / seen.Seconds, 1)} a second");
        yield return ("frames", $"{seen.Gaps.Length}; median {Number(Median(seen.Gaps), 1)} ms, 99 % within {Number(At(seen.Gaps, 0.99), 1)} ms, the longest {Number(seen.Gaps.Max())} ms");
        yield return ("elements in the page", Number(seen.Elements));
    }

    [Fact]
    public async Task Memory_stays_flat_however_much_is_said()
    {
        var ada = await Guest("Ada");
        var talkers = await Gather(ada);
        await Flood(ada, talkers, 0, 1_000); // as much as the page holds, and more
        var lines = new List<string> { "| messages | memory of JavaScript | nodes of the document |", "|---|---|---|" };
        var (first, last) = (await Heap(ada.Page), 0.0);
        var watch = Stopwatch.StartNew();
        for (var step = 1; step <= Hour.Steps; step++)
        {
            await Flood(ada, talkers, step * Hour.Each, Hour.Each);
            last = await Heap(ada.Page);
            lines.Add($"| {Number(step * Hour.Each)} | {Number(last, 1)} MB | {Number(await Nodes(ada.Page))} |");
        }

        report.Add(5, "Memory over an hour's worth of messages",
            [.. lines, "", $"{Number(Hour.Steps * Hour.Each)} messages, which are an hour of 50 a second, in {Number(watch.Elapsed.TotalSeconds)} s; measured after a garbage collection. Before: {Number(first, 1)} MB."]);
        Assert.InRange(last, 0, first + MostGrowth);
        Assert.InRange(await ada.Page.EvaluateAsync<int>("() => document.getElementsByTagName('*').length"), 400, MostElements);
    }

    private async Task<ChatClient[]> Gather(Person ada)
    {
        var talkers = await Task.WhenAll(Enumerable.Range(0, Talkers).Select(i => Program($"Talker {i}")));
        foreach (var talker in talkers) await talker.Ask(connection => connection.Join(Room));
        await talkers[0].Post(Room, "We begin.");
        await Expect(ada.Texts.Last).ToHaveTextAsync("We begin.");
        return talkers;
    }

    /// <summary>They talk at an even pace. How many messages it came to.</summary>
    private async Task<int> Chatter(ChatClient[] talkers, TimeSpan time)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var (posts, watch) = (new List<Task>(), Stopwatch.StartNew());
        while (watch.Elapsed < time && await pace.WaitForNextTickAsync())
        {
            var i = posts.Count + 1;
            posts.Add(talkers[i % Talkers].Post(Room, $"Message {i}. {Sentence(i)}"));
        }

        await Task.WhenAll(posts);
        await talkers[0].Post(Room, $"That was all {posts.Count}.");
        return posts.Count;
    }

    /// <summary>They talk as fast as the server stores it, and the page keeps up.</summary>
    private async Task Flood(Person ada, ChatClient[] talkers, int from, int count)
    {
        const int AtOnce = 500; // less than what a page may be behind, or it would reload
        for (var i = 0; i < count; i += AtOnce)
        {
            var numbers = Enumerable.Range(from + i, Math.Min(AtOnce, count - i));
            await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 64 },
                async (n, cancel) => await talkers[n % Talkers].Post(Room, $"Message {n}. {Sentence(n)}", cancel: cancel));
            await talkers[0].Post(Room, $"Up to {from + i}.");
            await Expect(ada.Texts.Last).ToHaveTextAsync($"Up to {from + i}.");
        }
    }

    /// <summary>MB that JavaScript holds, after a garbage collection.</summary>
    private static async Task<double> Heap(IPage page)
    {
        var chromium = await page.Context.NewCDPSessionAsync(page);
        await chromium.SendAsync("HeapProfiler.collectGarbage");
        var used = (await chromium.SendAsync("Runtime.getHeapUsage"))!.Value.GetProperty("usedSize").GetDouble() / (1024 * 1024);
        await chromium.DetachAsync();
        return used;
    }

    private static async Task<int> Nodes(IPage page)
    {
        var chromium = await page.Context.NewCDPSessionAsync(page);
        var nodes = (await chromium.SendAsync("Memory.getDOMCounters"))!.Value.GetProperty("nodes").GetInt32();
        await chromium.DetachAsync();
        return nodes;
    }

    private sealed class Reading
    {
        public double[] Pages { get; set; } = [];

        public int Elements { get; set; }

        public int Messages { get; set; }
    }
}
