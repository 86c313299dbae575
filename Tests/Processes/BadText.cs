using System.Text;
using System.Text.Json;

namespace OrleansChat.Tests.Processes;

/// <summary>Texts that are no operations: <c>Corpus/json.json</c>, and every operation with every wrong type.</summary>
[Collection(Processes.Name)]
public sealed class BadText(GuardedGateway guarded) : IClassFixture<GuardedGateway>
{
    private readonly GatewayProcess gateway = guarded.Process;

    private static JsonElement Corpus(string name) => JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Processes", "Corpus", name))).RootElement;

    [Fact]
    public Task Every_text_of_the_corpus_is_answered_as_it_must() => Bystanders.Undisturbed(gateway, async () =>
    {
        var faults = new List<string>();
        foreach (var cases in Corpus("json.json").GetProperty("cases").EnumerateArray().Chunk(9))
        {
            await using var eve = await Stranger.Enter(gateway);
            await eve.Connection.Join("lobby");
            foreach (var it in cases)
            {
                var name = it.GetProperty("name").GetString();
                long? re = it.TryGetProperty("re", out var id) ? id.GetInt64() : null;
                var code = it.TryGetProperty("code", out var word) ? word.GetString() : null;
                try
                {
                    var answer = await eve.Say(Text(it.GetProperty("send")));
                    if ((answer.Re, answer.Error?.Code) != (re, code)) faults.Add($"{name}: {answer.Re} {answer.Error}");
                }
                catch (InvalidOperationException e)
                {
                    faults.Add($"{name}: {e.Message}");
                    break;
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    });

    /// <summary>Strings one after the other, some repeated: <c>["{\"x\":", ["[", 20]]</c>.</summary>
    private static string Text(JsonElement send)
    {
        if (send.ValueKind is JsonValueKind.String) return send.GetString()!;
        var text = new StringBuilder();
        foreach (var piece in send.EnumerateArray())
        {
            if (piece.ValueKind is JsonValueKind.String) text.Append(piece.GetString());
            else for (var times = piece[1].GetInt32(); times > 0; times--) text.Append(piece[0].GetString());
        }

        return text.ToString();
    }

    [Fact]
    public Task A_wrong_type_in_any_field_of_any_operation_is_a_bad_request() => Bystanders.Undisturbed(gateway, async () =>
    {
        var corpus = Corpus("operations.json");
        var faults = new List<string>();
        foreach (var operation in corpus.GetProperty("operations").EnumerateArray())
        {
            await using var eve = await Stranger.Enter(gateway);
            var room = $"of-{operation.GetProperty("op")}"; // where she may do everything
            await eve.Connection.Create(room);
            foreach (var field in operation.EnumerateObject().Where(field => field.Name != "op"))
            {
                var type = field.Value.GetString()!;
                var optional = type.EndsWith('?');
                foreach (var wrong in corpus.GetProperty("wrong").GetProperty(type.TrimEnd('?')).EnumerateArray())
                {
                    if (optional && wrong.ValueKind is JsonValueKind.Null) continue;
                    await Try(field.Name, wrong.GetRawText());
                }

                if (!optional) await Try(field.Name, null);
            }

            async Task Try(string field, string? value)
            {
                var frame = Frame(corpus.GetProperty("right"), operation, field, value).Replace("\"lobby\"", $"\"{room}\"");
                var answer = await eve.Say(frame);
                if (answer is not { Re: 7, Error.Code: "bad_request" }) faults.Add($"{frame} got {answer}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    });

    /// <summary>An operation in which all fields are right but one, which is wrong or missing.</summary>
    private static string Frame(JsonElement right, JsonElement operation, string field, string? value)
    {
        var fields = operation.EnumerateObject().Where(it => it.Name != field || value is not null).Select(it =>
            $"\"{it.Name}\":{(it.Name == "op" ? it.Value.GetRawText() : it.Name == field ? value : right.GetProperty(it.Value.GetString()!.TrimEnd('?')).GetRawText())}");
        return $"{{\"id\":7,{string.Join(',', fields)}}}";
    }

    [Fact]
    public Task Ten_bad_frames_in_a_row_are_enough() => Bystanders.Undisturbed(gateway, async () =>
    {
        await using var eve = await Stranger.Enter(gateway);
        for (var i = 0; i < 9; i++) Assert.Equal("bad_request", (await eve.Say("{}")).Error?.Code);
        Assert.NotNull((await eve.Say("""{"op":"ping","id":1}""")).Ok); // not in a row
        for (var i = 0; i < 10; i++) await eve.Connection.Send("{}");
        Assert.Equal(4002, await eve.Closed());
    });

    [Fact]
    public Task Nothing_is_done_for_those_who_have_not_said_hello() => Bystanders.Undisturbed(gateway, async () =>
    {
        await using var eve = await Stranger.Knock(gateway);
        var corpus = Corpus("operations.json");
        foreach (var operation in corpus.GetProperty("operations").EnumerateArray())
        {
            var answer = await eve.Say(Frame(corpus.GetProperty("right"), operation, "", null));
            Assert.Equal("unauthenticated", answer.Error?.Code);
        }

        Assert.Equal(4001, await eve.Closed());
    });
}
