using System.Collections.Concurrent;
using Microsoft.Playwright;
using OrleansChat.Storage;

[assembly: AssemblyFixture(typeof(OrleansChat.Tests.Browser.House))]

namespace OrleansChat.Tests.Browser;

/// <summary>One Chromium and a few servers for the whole run; each starts with the first test that asks for it.</summary>
public sealed class House : IAsyncDisposable
{
    private const string Missing = "install the Debian package chromium";
    private const string WithoutLimits = "--Chat:Limits:Enabled=false";
    private static readonly string Chromium = Environment.GetEnvironmentVariable("CHAT_CHROMIUM") ?? "/usr/bin/chromium";

    private readonly Lazy<Task<IPlaywright>> playwright;
    private readonly Lazy<Task<IBrowser>> browser;
    private readonly Lazy<Task<ChatServer>> server;
    private readonly Lazy<Task<ChatServer>> breakable;
    private readonly Lazy<Task<ChatServer>> unlimited;
    private readonly Lazy<Task<Stage>> stage;
    private readonly ConcurrentBag<ChatServer> servers = [];

    public House()
    {
        playwright = new(Playwright.CreateAsync);
        browser = new(Launch);
        server = new(() => NewServer());
        breakable = new(() => NewServer());
        unlimited = new(() => NewServer(WithoutLimits));
        stage = new(() => Tests.Browser.Stage.Furnish(this));
    }

    public Task<ChatServer> Server => server.Value;

    /// <summary>A server to be broken, by one test at a time.</summary>
    public Task<ChatServer> Breakable => breakable.Value;

    /// <summary>A server for those who have much to say.</summary>
    public Task<ChatServer> Unlimited => unlimited.Value;

    /// <summary>A server of one's own.</summary>
    public async Task<ChatServer> NewServer(params string[] settings)
    {
        var own = new ChatServer(settings);
        servers.Add(own);
        await own.Start();
        return own;
    }

    /// <summary>A server with a past, and without limits.</summary>
    public async Task<ChatServer> NewServer(Func<IStorage, Task> past)
    {
        var own = new ChatServer([WithoutLimits]);
        servers.Add(own);
        await own.Write(past);
        await own.Start();
        return own;
    }

    /// <summary>A server whose rooms are full of all that the page can show.</summary>
    public Task<Stage> Stage => stage.Value;

    /// <summary>The test is skipped where there is no Chromium, but fails with CHAT_CI=1.</summary>
    public Task<IBrowser> Browser
    {
        get
        {
            if (File.Exists(Chromium)) return browser.Value;
            if (Environment.GetEnvironmentVariable("CHAT_CI") == "1") Assert.Fail(Missing);
            Assert.Skip(Missing);
            return browser.Value;
        }
    }

    private async Task<IBrowser> Launch()
    {
        Assertions.SetDefaultExpectTimeout(Person.Patience);
        return await (await playwright.Value).Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Headless = true,
            Args = [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                // Parts of the browser's own window that are web pages: each context would draw them, for nobody.
                "--disable-features=InitialWebUI,WebUIReloadButton,WebUIToolbar,WebUIOmniboxPopup,WebUIOmniboxAimPopup,PreloadTopChromeWebUI"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated) await (await browser.Value).DisposeAsync();
        if (playwright.IsValueCreated) (await playwright.Value).Dispose();
        if (stage.IsValueCreated) await (await stage.Value).DisposeAsync();
        foreach (var started in servers) await started.DisposeAsync();
    }
}
