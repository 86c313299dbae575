using System.CommandLine;
using OrleansChat.Bench;

var works = new Argument<string[]>("works") { Description = "all, or some of: " + string.Join(", ", Contest.Works), Arity = ArgumentArity.OneOrMore };
var shortly = new Option<bool>("--short") { Description = "a small one, to see that everything works; its figures mean nothing" };
var rounds = new Option<int?>("--rounds") { Description = "how often everybody is measured (3)" };
var only = new Option<string[]>("--only") { Description = "names of those who take part", AllowMultipleArgumentsPerToken = true };
var results = new Option<string>("--results") { Description = "the folder of the report", DefaultValueFactory = _ => Repository.Path("bench", "results") };

var root = new RootCommand("Measures this server beside others: the same work, the same machine, one after the other.") { works, shortly, rounds, only, results };
root.SetAction(parsed =>
{
    var scale = parsed.GetValue(shortly) ? Scale.Short : Scale.Full;
    scale = scale with { Rounds = parsed.GetValue(rounds) ?? scale.Rounds };
    return Contest.Hold(scale, parsed.GetValue(works)!, parsed.GetValue(only)!, parsed.GetValue(results)!, "dotnet run -c Release --project Bench -- " + string.Join(' ', args));
});
return await root.Parse(args).InvokeAsync();
