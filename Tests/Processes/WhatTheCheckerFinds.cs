using OrleansChat.Client;

namespace OrleansChat.Tests.Processes;

/// <summary>A checker that cannot fail would prove nothing: here are runs that went wrong, each in one way.</summary>
public sealed class WhatTheCheckerFinds
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ChatRecord record = new();
    private readonly List<ChatEvent> lobby =
    [
        Happened(1, "created", "ada"), Happened(2, "joined", "bob"), Happened(3, "message", "ada", "Hello"), Happened(4, "message", "bob", "Hi"),
    ];

    private static ChatEvent Happened(long seq, string kind, string by, string? text = null) => new(seq, Noon.AddSeconds(seq), by, kind, text);

    private void Posted(string by, string text, long? seq) =>
        record.Add(new(by, "lobby", $"key-{text}", text, seq is { } number ? new(number, Noon.AddSeconds(number)) : null));

    /// <summary>Ada saw all of it, Bob from where he came in.</summary>
    private void All_went_well()
    {
        Posted("ada", "Hello", 3);
        Posted("bob", "Hi", 4);
        Saw("ada", 0, [.. lobby]);
        Saw("bob", 1, [.. lobby[1..]]);
    }

    private RoomView Saw(string user, long from, params ChatEvent[] events)
    {
        var view = record.View(user, "lobby", from);
        foreach (var e in events) view.Saw(e);
        return view;
    }

    private IReadOnlyList<string> Faults() =>
        LogChecker.Faults(record, new Dictionary<string, IReadOnlyList<ChatEvent>> { ["lobby"] = lobby });

    [Fact]
    public void Nothing_where_all_went_well()
    {
        All_went_well();
        Posted("ada", "Nobody answered this", null);
        Assert.Empty(Faults());
    }

    [Fact]
    public void An_answered_post_that_is_lost()
    {
        All_went_well();
        Posted("ada", "And you?", 5);
        Assert.Contains("is lost", Assert.Single(Faults()));
    }

    [Fact]
    public void An_answered_post_in_a_room_without_a_log()
    {
        All_went_well();
        record.Add(new("ada", "attic", "k", "Anybody here?", new(1, Noon)));
        Assert.Contains("is lost", Assert.Single(Faults()));
    }

    [Theory]
    [InlineData(4L)]
    [InlineData(null)]
    public void A_post_that_is_stored_twice_answered_or_not(long? seq)
    {
        lobby.Add(Happened(5, "message", "bob", "Hi"));
        Posted("ada", "Hello", 3);
        Posted("bob", "Hi", seq);
        Assert.Contains("stored 2 times", Assert.Single(Faults()));
    }

    [Fact]
    public void A_post_that_was_answered_with_another_number()
    {
        Posted("ada", "Hello", 4);
        Posted("bob", "Hi", 4);
        Assert.Contains("answered as 4 and is stored as 3", Assert.Single(Faults()));
    }

    [Fact]
    public void A_post_that_was_answered_with_another_time()
    {
        record.Add(new("ada", "lobby", "k", "Hello", new(3, Noon)));
        Posted("bob", "Hi", 4);
        Assert.Contains("another time", Assert.Single(Faults()));
    }

    [Fact]
    public void A_message_that_nobody_posted()
    {
        Posted("ada", "Hello", 3);
        Assert.Contains("nobody posted", Assert.Single(Faults()));
    }

    [Fact]
    public void A_message_under_somebody_elses_name()
    {
        All_went_well();
        lobby[3] = lobby[3] with { By = "ada" };
        Assert.Contains(Faults(), fault => fault.Contains("nobody posted", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hole_in_the_log()
    {
        Posted("ada", "Hello", 3);
        Posted("bob", "Hi", 4);
        lobby.RemoveAt(1);
        Assert.Contains("has number 3 where 2 belongs", Faults()[0]);
    }

    [Fact]
    public void Times_that_run_backwards()
    {
        Posted("ada", "Hello", 3);
        record.Add(new("bob", "lobby", "k", "Hi", new(4, Noon)));
        lobby[3] = lobby[3] with { At = Noon };
        Assert.Contains("is earlier", Assert.Single(Faults()));
    }

    [Fact]
    public void An_event_that_a_client_did_not_see()
    {
        All_went_well();
        Saw("eve", 0, lobby[0], lobby[1], lobby[3]);
        Assert.Contains("saw number 4 of lobby after 2", Assert.Single(Faults()));
    }

    [Fact]
    public void An_event_that_a_client_saw_twice()
    {
        All_went_well();
        Saw("eve", 0, lobby[0], lobby[1], lobby[1], lobby[2], lobby[3]);
        Assert.Contains("saw number 2 of lobby after 2", Assert.Single(Faults()));
    }

    [Fact]
    public void Events_that_a_client_saw_in_another_order()
    {
        All_went_well();
        Saw("eve", 0, lobby[0], lobby[2], lobby[1], lobby[3]);
        Assert.Contains("saw number 3 of lobby after 1", Assert.Single(Faults()));
    }

    [Fact]
    public void A_client_that_saw_something_else()
    {
        All_went_well();
        Saw("eve", 2, lobby[2] with { Text = "Good bye" }, lobby[3]);
        Assert.Contains("saw another event 3", Assert.Single(Faults()));
    }

    [Fact]
    public void A_client_that_saw_what_the_log_does_not_have()
    {
        All_went_well();
        Saw("eve", 2, lobby[2], lobby[3], Happened(5, "message", "ada", "Only a rumour"));
        Assert.Contains("saw another event 5", Assert.Single(Faults()));
    }

    [Fact]
    public void A_client_that_never_saw_the_end()
    {
        All_went_well();
        Saw("eve", 0, lobby[0], lobby[1], lobby[2]);
        Assert.Contains("only up to 3 of 4", Assert.Single(Faults()));
    }

    [Fact]
    public void A_client_that_was_told_of_a_gap()
    {
        All_went_well();
        Saw("eve", 0, [.. lobby]).SawGap();
        Assert.Contains("told of a gap", Assert.Single(Faults()));
    }

    [Fact]
    public void A_history_that_is_not_the_log()
    {
        ChatMessage[] history = [new(3, Noon.AddSeconds(3), "ada", "Hello"), new(4, Noon.AddSeconds(4), "bob", "Hi")];
        Assert.Empty(LogChecker.HistoryFaults("lobby", history, lobby));
        Assert.Single(LogChecker.HistoryFaults("lobby", history[..1], lobby));
        Assert.Single(LogChecker.HistoryFaults("lobby", [history[1], history[0]], lobby));
        Assert.Single(LogChecker.HistoryFaults("lobby", [history[0], history[1] with { Text = "Ho" }], lobby));
    }
}
