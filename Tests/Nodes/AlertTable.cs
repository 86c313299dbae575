using System.Globalization;
using OrleansChat.Nodes;

namespace OrleansChat.Tests.Nodes;

/// <summary>When an alert is told, and when it is over: by the thresholds, once for each crossing.</summary>
public sealed class AlertTable
{
    private static readonly AlertRules Rules = new(Load: 2, Memory: 0.1, Temperature: 85, DiskErrors: true, Lost: TimeSpan.FromSeconds(30));

    private readonly ManualTime time = new(new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

    // Values for so many seconds each, and what is told at which second; a - is over. Two cores.
    [Theory]
    [InlineData("load", "1x600", "")]
    [InlineData("load", "4x600", "60")]
    [InlineData("load", "4x58 1x600", "")]                               // not for a minute
    [InlineData("load", "4x50 1x2 4x58 1x10", "")]                       // not at a stretch
    [InlineData("load", "4x120 3.5x600", "60")]                          // below the first threshold, above the second
    [InlineData("load", "4x120 3.1x200", "60 -180")]
    [InlineData("load", "4x120 3.1x50 3.5x10 3.1x50 4x100", "60")]       // wavering about the second
    [InlineData("load", "4x120 1x200 4x200", "60 -180 380")]
    [InlineData("load", "4x58 ?x2 4x58 1x10", "")]                       // what is unknown breaks a stretch
    [InlineData("load", "4x120 ?x600", "60")]                            // and ends nothing
    [InlineData("memory", "0.11x200", "")]
    [InlineData("memory", "0.1x200 0.12x200 0.13x100", "60 -460")]
    [InlineData("temperature", "84.9x200 85x100 81x100 79.9x100", "260 -460")]
    [InlineData("disk", "0x100 3x100", "100")]
    [InlineData("disk", "7x100 7x700", "")]                              // they were there before
    [InlineData("disk", "0x100 1x100 2x500 3x900", "100 -1302")]         // one after the other is one piece of news
    [InlineData("disk", "5x100 0x100 5x10", "200")]                      // the machine started anew between
    public void An_alert_is_told_once_for_each_crossing(string rule, string values, string expected)
    {
        var (nodes, alerts, told) = (new NodeMetrics(time), new NodeAlerts(), new List<string>());
        var began = time.GetUtcNow();
        foreach (var (value, count) in values.Split(' ').Select(part => part.Split('x')).Select(part => (part[0], int.Parse(part[1], CultureInfo.InvariantCulture) / 2)))
        {
            for (var i = 0; i < count; i++)
            {
                nodes.Take(Reading("ada", rule, value == "?" ? null : double.Parse(value, CultureInfo.InvariantCulture)));
                foreach (var alert in nodes.Judge(Rules, alerts))
                {
                    Assert.Equal((rule, "ada"), (alert.Rule, alert.Node));
                    told.Add($"{(alert.Over ? "-" : "")}{(alert.At - began.ToUnixTimeMilliseconds()) / 1000}");
                }

                time.Advance(TimeSpan.FromSeconds(2));
            }
        }

        Assert.Equal(expected, string.Join(' ', told));
    }

    [Fact]
    public void A_node_that_is_lost_is_told_once_and_so_is_its_return()
    {
        var (nodes, alerts) = (new NodeMetrics(time), new NodeAlerts());
        nodes.Take(Reading("ada"));
        List<string> told = [];
        for (var second = 0; second <= 120; second += 5)
        {
            if (second == 100) nodes.Take(Reading("ada"));
            told.AddRange(nodes.Judge(Rules, alerts).Select(alert => $"{second}: {alert.Text}"));
            time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(["30: ⚠ ada is lost: nothing was heard of it for 30 seconds.", "100: ✓ ada is back."], told);
    }

    [Fact]
    public void What_is_not_wanted_is_not_told()
    {
        var (nodes, alerts) = (new NodeMetrics(time), new NodeAlerts());
        for (var i = 0; i < 200; i++)
        {
            nodes.Take(Reading("ada", "load", 100) with { MemoryAvailable = 1, MemoryTotal = 100 });
            time.Advance(TimeSpan.FromSeconds(2));
            Assert.Empty(nodes.Judge(new(null, null, null, false, null), alerts));
        }
    }

    [Fact]
    public void Whoever_takes_over_tells_what_is_new_with_the_same_keys_and_nothing_that_stood_before()
    {
        var (nodes, alerts) = (new NodeMetrics(time), new NodeAlerts());
        List<Alert> told = [];
        void Pass(string rule, double value, int seconds)
        {
            for (var i = 0; i < seconds / 2; i++)
            {
                nodes.Take(Reading("ada", rule, value));
                told.AddRange(nodes.Judge(Rules, alerts));
                time.Advance(TimeSpan.FromSeconds(2));
            }
        }

        nodes.Take(Reading("bob"));
        Pass("load", 4, 600);
        Assert.Equal(["load", "lost"], told.Select(alert => alert.Rule).Order(StringComparer.Ordinal));

        var (fresh, standing) = (new NodeMetrics(time), new NodeAlerts());
        fresh.Take(nodes.LastWord("bob")!);
        fresh.Take(nodes.Latest()[0]);
        Assert.Empty(fresh.Judge(Rules, standing)); // its past is not there yet
        foreach (var stretch in nodes.Stretches("ada")) fresh.Take(stretch);
        Assert.Empty(fresh.Judge(Rules, standing)); // told long ago

        Pass("load", 1, 100);
        var over = Assert.Single(told, alert => alert.Over);
        foreach (var stretch in nodes.Stretches("ada")) fresh.Take(stretch);
        Assert.Equal(over, Assert.Single(fresh.Judge(Rules, standing)));
        var (third, empty) = (new NodeMetrics(time), new NodeAlerts());
        foreach (var stretch in nodes.Stretches("ada")) third.Take(stretch);
        Assert.Equal(over.Key, Assert.Single(third.Judge(Rules, empty)).Key); // told again, and taken for once
        fresh.Take(Reading("bob"));
        Assert.Equal((true, "lost"), fresh.Judge(Rules, standing).Select(alert => (alert.Over, alert.Rule)).Single()); // it knew that he was lost
    }

    [Fact]
    public void Each_crossing_of_each_node_has_a_key_that_a_room_takes()
    {
        Alert[] alerts = [new("ada", "load", false, 1, "x"), new("ada", "load", true, 1, "x"), new("ada", "load", false, 2, "x"), new("bob", "load", false, 1, "x"), new("ada", "disk", false, 1, "x")];
        Assert.Equal(5, alerts.Select(alert => alert.Key).Distinct().Count());
        Assert.All(alerts, alert => Assert.Null(Texts.CheckKey(alert.Key)));
        Assert.Equal(alerts[0].Key, (alerts[0] with { Text = "in other words" }).Key);
    }

    private NodeReading Reading(string node, string? rule = null, double? value = null)
    {
        var reading = new NodeReading(node, time.GetUtcNow(), "proc", null, null, null, 0, 0) { Cores = [0.5, 0.5] };
        return rule switch
        {
            "load" => reading with { Load5 = value },
            "memory" => reading with { MemoryTotal = 1_000_000, MemoryAvailable = (long?)(value * 1_000_000) },
            "temperature" => reading with { Temperature = value },
            "disk" => reading with { DiskErrors = (long?)value },
            _ => reading,
        };
    }
}
