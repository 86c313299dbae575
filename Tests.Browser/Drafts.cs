using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Tests.Browser;

/// <summary><c>drafts.js</c>: unfinished texts by room, of one person in one browser.</summary>
public sealed class Drafts(House house) : Visit(house)
{
    [Fact]
    public async Task A_draft_survives_a_reload_and_shows_in_the_list()
    {
        var kitchen = await NewRoom("Kitchen");
        var ada = await Guest("Ada", kitchen);
        await ada.Composer.FillAsync("Half a thought");
        await ada.GoesInto(Room);
        await Expect(ada.RoomRow("Kitchen")).ToContainTextAsync("Draft");
        await ada.Page.ReloadAsync();
        await ada.IsIn();
        await Expect(ada.RoomRow("Kitchen")).ToContainTextAsync("Draft");
        await ada.GoesTo("Kitchen");
        await Expect(ada.Composer).ToHaveValueAsync("Half a thought");
        await ada.Composer.PressAsync("Enter");
        await ada.SeesStored("Half a thought");
        await ada.GoesTo("Garden");
        await Expect(ada.RoomRow("Kitchen")).Not.ToContainTextAsync("Draft");
    }

    [Fact]
    public Task They_belong_to_one_person() => Give(
        """
        drafts.belongTo("ada");
        drafts.set("garden", "mine");
        dispatchEvent(new Event("pagehide"));
        drafts.belongTo("bob");
        const bobs = drafts.get("garden");
        drafts.belongTo("ada");
        return [bobs, drafts.get("garden")];
        """, "", "mine");

    [Fact]
    public Task Of_too_many_the_oldest_is_forgotten() => Give(
        """
        drafts.belongTo("ada");
        for (let i = 1; i <= 201; i++) drafts.set(`room-${i}`, "text");
        drafts.set("room-2", "written in again");
        dispatchEvent(new Event("pagehide"));
        return [drafts.get("room-1"), drafts.get("room-2"), drafts.get("room-201"), JSON.parse(localStorage.getItem("orleanschat.drafts")).texts.length];
        """, "", "written in again", "text", "200");

    [Fact]
    public Task What_another_tab_wrote_is_there_and_what_is_not_saved_yet_stays() => Give(
        """
        drafts.belongTo("ada");
        const told = [];
        drafts.listen(room => told.push(room));
        drafts.set("garden", "here");
        const texts = [["garden", "older"], ["kitchen", "there"]];
        localStorage.setItem("orleanschat.drafts", JSON.stringify({ of: "ada", texts }));
        dispatchEvent(new StorageEvent("storage", { key: "orleanschat.drafts" }));
        dispatchEvent(new Event("pagehide"));
        return [drafts.get("garden"), drafts.get("kitchen"), told.join(" "), JSON.parse(localStorage.getItem("orleanschat.drafts")).texts.join(";")];
        """, "here", "there", "garden kitchen", "kitchen,there;garden,here");

    [Fact]
    public Task Nothing_is_left_when_somebody_signs_out() => Give(
        """
        drafts.belongTo("ada");
        drafts.set("garden", "secret");
        dispatchEvent(new Event("pagehide"));
        drafts.clear();
        dispatchEvent(new Event("pagehide"));
        drafts.belongTo("ada");
        return [drafts.get("garden"), localStorage.getItem("orleanschat.drafts") ?? "nothing"];
        """, "", "nothing");

    private async Task Give(string doing, params string[] expected)
    {
        var ada = await Visitor("Ada");
        await ada.Page.RouteAsync("**/empty", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<link rel=icon href=icon.svg>" }));
        await ada.Page.GotoAsync("/empty");
        var given = await ada.Page.EvaluateAsync<string[]>($$"""
            async () => {
              const { drafts } = await import("/drafts.js");
              const happens = () => { {{doing}} };
              return happens().map(String);
            }
            """);
        Assert.Equal(expected, given);
    }
}
