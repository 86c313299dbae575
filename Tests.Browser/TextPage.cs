namespace OrleansChat.Tests.Browser;

/// <summary>
/// An empty page of the server, in which one script after another runs: what only reads a text needs no page to itself.
/// </summary>
public sealed class TextPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(2 * Person.Patience);

    private Person? ada;

    /// <summary>The script's answer. The page must not have complained.</summary>
    public async Task<T> Run<T>(House house, string script)
    {
        ada ??= await Open(house);
        try
        {
            var answer = await ada.Page.EvaluateAsync<T>(script).WaitAsync(Patience);
            Assert.Empty(ada.Complaints);
            return answer;
        }
        catch
        {
            await DisposeAsync(); // what hangs or has complained is nobody else's
            throw;
        }
    }

    private static async Task<Person> Open(House house)
    {
        var browser = await house.Browser;
        var ada = await Person.At(await browser.NewContextAsync(new() { BaseURL = (await house.Server).Address.ToString(), Locale = "en-GB" }), "Ada");
        await ada.Page.RouteAsync("**/empty", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<link rel=icon href=icon.svg>" }));
        await ada.Page.GotoAsync("/empty");
        return ada;
    }

    public async ValueTask DisposeAsync()
    {
        var page = ada;
        ada = null;
        if (page is not null) await page.Page.Context.CloseAsync();
    }
}
