using Microsoft.Playwright;

namespace OrleansChat.Tests.Browser;

/// <summary>What a page notices itself while something happens in it.</summary>
public sealed class PageWatch
{
    /// <summary>Milliseconds from each frame to the next.</summary>
    public double[] Gaps { get; set; } = [];

    /// <summary>Milliseconds of the tasks of more than 50, by the clock.</summary>
    public double[] Tasks { get; set; } = [];

    /// <summary>How often rows came into the log or went from it.</summary>
    public int Drawings { get; set; }

    public double Seconds { get; set; }

    /// <summary>In the page, at the end.</summary>
    public int Elements { get; set; }

    /// <summary>From now on; a watch that was begun before is over.</summary>
    public static Task Begin(IPage page) => page.EvaluateAsync("""
        () => {
          window.watch?.end();
          const began = performance.now();
          const seen = { gaps: [], tasks: [], drawings: 0 };
          const long = entries => seen.tasks.push(...entries.map(task => task.duration));
          const tasks = new PerformanceObserver(list => long(list.getEntries()));
          const drawings = new MutationObserver(() => seen.drawings++);
          let last = began;
          let frame = requestAnimationFrame(function next(now) {
            seen.gaps.push(now - last);
            last = now;
            frame = requestAnimationFrame(next);
          });
          tasks.observe({ type: "longtask" });
          drawings.observe(document.querySelector(".log-rows"), { childList: true });
          window.watch = {
            end() {
              cancelAnimationFrame(frame);
              long(tasks.takeRecords());
              tasks.disconnect();
              drawings.disconnect();
              return { ...seen, gaps: seen.gaps.slice(1), seconds: (performance.now() - began) / 1000, elements: document.getElementsByTagName("*").length };
            },
          };
        }
        """);

    /// <summary>What was seen since it began.</summary>
    public static Task<PageWatch> End(IPage page) => page.EvaluateAsync<PageWatch>("() => window.watch.end()");
}
