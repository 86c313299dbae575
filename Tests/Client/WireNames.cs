using System.Text.Json.Nodes;
using OrleansChat.Client;

namespace OrleansChat.Tests.Client;

/// <summary>Every operation stands on the wire as docs/PROTOCOL.md has it.</summary>
public sealed class WireNames
{
    public static TheoryData<string, Func<ChatConnection, Task>> Operations => new()
    {
        { """{"op":"hello","id":1,"guest":"Ada","resume":{"dm:ada+bob":5,"lobby":37}}""", c => c.Hello(guest: "Ada", resume: new SortedDictionary<string, long>(StringComparer.Ordinal) { ["lobby"] = 37, ["dm:ada+bob"] = 5 }) },
        { """{"op":"hello","id":1,"token":"t"}""", c => c.Hello("t") },
        { """{"op":"join","id":1,"room":"lobby"}""", c => c.Join("lobby") },
        { """{"op":"join","id":1,"room":"lobby","since":0}""", c => c.Join("lobby", 0) },
        { """{"op":"leave","id":1,"room":"lobby"}""", c => c.Leave("lobby") },
        { """{"op":"create","id":1,"room":"tea","name":"Tea","topic":"Leaves","visibility":"private"}""", c => c.Create("tea", "Tea", "Leaves", "private") },
        { """{"op":"configure","id":1,"room":"tea","slow":5}""", c => c.Configure("tea", slow: 5) },
        { """{"op":"destroy","id":1,"room":"tea"}""", c => c.Destroy("tea") },
        { """{"op":"post","id":1,"room":"tea","text":"ü 👍 \"<","key":"k","reply":3}""", c => c.Post("tea", "ü 👍 \"<", "k", 3) },
        { """{"op":"edit","id":1,"room":"tea","seq":4,"text":"b"}""", c => c.Edit("tea", 4, "b") },
        { """{"op":"delete","id":1,"room":"tea","seq":4}""", c => c.Delete("tea", 4) },
        { """{"op":"react","id":1,"room":"tea","seq":4,"emoji":"👍","on":false}""", c => c.React("tea", 4, "👍", false) },
        { """{"op":"history","id":1,"room":"tea","before":9,"limit":20}""", c => c.History("tea", before: 9, limit: 20) },
        { """{"op":"search","id":1,"query":"leaf","room":"tea","cursor":"c"}""", c => c.Search("leaf", "tea", "c") },
        { """{"op":"status","id":1,"room":"tea","after":"bob"}""", c => c.Status("tea", "bob") },
        { """{"op":"who","id":1,"users":["ada","bob"]}""", c => c.Who(["ada", "bob"]) },
        { """{"op":"rooms","id":1,"query":"te","after":"tea"}""", c => c.Rooms("te", "tea") },
        { """{"op":"dm","id":1,"user":"bob"}""", c => c.Direct("bob") },
        { """{"op":"invite","id":1,"room":"tea","user":"bob"}""", c => c.Invite("tea", "bob") },
        { """{"op":"kick","id":1,"room":"tea","user":"bob","reason":"noise"}""", c => c.Kick("tea", "bob", "noise") },
        { """{"op":"ban","id":1,"room":"tea","user":"bob"}""", c => c.Ban("tea", "bob") },
        { """{"op":"unban","id":1,"room":"tea","user":"bob"}""", c => c.Unban("tea", "bob") },
        { """{"op":"role","id":1,"room":"tea","user":"bob","role":"moderator"}""", c => c.Role("tea", "bob", "moderator") },
        { """{"op":"block","id":1,"user":"bob"}""", c => c.Block("bob") },
        { """{"op":"unblock","id":1,"user":"bob"}""", c => c.Unblock("bob") },
        { """{"op":"read","id":1,"room":"tea","seq":4}""", c => c.Read("tea", 4) },
        { """{"op":"typing","id":1,"room":"tea"}""", c => c.Typing("tea") },
        { """{"op":"watch","id":1,"topic":"metrics"}""", c => c.Watch() },
        { """{"op":"unwatch","id":1,"topic":"metrics"}""", c => c.Unwatch() },
        { """{"op":"ping","id":1}""", c => c.Ping() },
    };

    [Theory]
    [MemberData(nameof(Operations), DisableDiscoveryEnumeration = true)]
    public async Task An_operation_is_sent_as_documented(string json, Func<ChatConnection, Task> call)
    {
        await using var peer = await Peer.Start();
        var ada = await ChatConnection.Connect(peer.Uri).WaitAsync(Peer.Patience);
        var server = await peer.Accept();
        var asked = call(ada);
        Assert.Equal(JsonNode.Parse(json)!.ToJsonString(), JsonNode.Parse(await server.ReceiveText())!.ToJsonString());
        ada.Abort();
        await Assert.ThrowsAsync<ChatClosedException>(() => asked.WaitAsync(Peer.Patience));
    }
}
