using System.Diagnostics;

namespace OrleansChat.Tests.Processes;

/// <summary>What counts as a room's refusal: somebody waits, and nobody is answered.</summary>
public sealed class HowLongARoomRefuses
{
    private readonly AnswerTimes times = new();

    private static long Second(double seconds) => (long)(seconds * Stopwatch.Frequency);

    private void Post(double asked, double answered, string room = "lobby") => times.Answered(room, Second(asked), Second(answered));

    private IEnumerable<double> Between(double from, double to) => times.LongestRefusals(Second(from), Second(to)).Select(span => Math.Round(span.TotalSeconds, 3));

    [Fact]
    public void A_room_in_which_nobody_speaks_refuses_nobody()
    {
        Post(1, 1.1);
        Post(9, 9.2);
        Assert.Equal([0.2], Between(0, 10));
    }

    [Fact]
    public void It_refuses_from_the_last_answer_on_as_long_as_somebody_waits()
    {
        Post(1, 1.1);
        Post(1.05, 3.1); // waited while another one was answered, and then two seconds longer
        Post(2.9, 3.2);
        Assert.Equal([2.0], Between(0, 10));
    }

    [Fact]
    public void The_one_who_waits_longest_counts_though_others_are_answered_first()
    {
        Post(1, 1.1);
        Post(4.9, 5.0);
        Post(2, 5.1);
        Assert.Equal([3.0], Between(0, 10));
    }

    [Fact]
    public void What_lies_outside_of_the_stretch_does_not_count_and_what_reaches_into_it_does()
    {
        Post(1, 1.1);
        Post(1.2, 3.2); // before the stretch
        Post(4, 6);     // reaches into it
        Post(11, 20);   // after it
        Assert.Equal([2.0], Between(5, 10));
    }

    [Fact]
    public void Each_room_counts_for_itself()
    {
        Post(1, 1.1);
        Post(2, 5);
        Post(1, 1.1, "den");
        Post(2, 2.5, "den");
        Assert.Equal([0.5, 3.0], Between(0, 10));
    }
}
