namespace OrleansChat.Tests.Browser;

/// <summary>
/// <c>room.js</c>: what a page knows of a room, whatever order the news come in. Every test begins in Ada's page, which
/// opened a room with three messages: two of Bob's and one of hers.
/// </summary>
public sealed class RoomState(House house) : Visit(house)
{
    private const string Opened = """
        const at = "2026-11-22T09:00:00.000Z";
        const entry = { room: "garden", name: "Garden", role: "member", last: at, head: 3, read: 3, unread: 0, mentions: 0 };
        const room = new Room(entry, "ada");
        room.watched = true;
        room.transcript.load([{ seq: 1, at, by: "bob", text: "b1" }, { seq: 2, at, by: "bob", text: "b2" }, { seq: 3, at, by: "ada", text: "a3" }], { older: false, newer: false });
        const event = (seq, by, kind, more) => ({ seq, at, by, kind, ...more });
        const said = (seq, by, text, more) => event(seq, by, "message", { text, ...more });
        const texts = () => room.messages.map(({ seq, text, deleted, edited }) => `${seq} ${deleted ? "deleted" : text}${edited ? "*" : ""}`);
        """;

    [Fact]
    public Task What_is_said_comes_at_the_end() => Give(
        """
        room.apply([said(4, "bob", "b4"), said(5, "ada", "a5")]);
        return texts();
        """, "1 b1", "2 b2", "3 a3", "4 b4", "5 a5");

    [Fact]
    public Task What_comes_twice_counts_once() => Give(
        """
        room.apply([said(4, "bob", "b4")]);
        room.apply([said(3, "ada", "a3"), said(4, "bob", "b4"), said(5, "bob", "b5")]);
        return [...texts(), `unread ${room.unread}`];
        """, "1 b1", "2 b2", "3 a3", "4 b4", "5 b5", "unread 2");

    [Fact]
    public Task Nothing_after_a_hole_is_taken() => Give(
        """
        const whole = room.apply([said(4, "bob", "b4"), said(6, "bob", "b6")]);
        return [whole, room.seq, ...texts()];
        """, "false", "4", "1 b1", "2 b2", "3 a3", "4 b4");

    [Fact]
    public Task A_hole_is_filled_by_what_follows_the_mark() => Give(
        """
        room.apply([said(6, "bob", "b6")]);
        const whole = room.apply([said(4, "bob", "b4"), said(5, "bob", "b5"), said(6, "bob", "b6")]);
        return [whole, room.seq, ...texts()];
        """, "true", "6", "1 b1", "2 b2", "3 a3", "4 b4", "5 b5", "6 b6");

    [Fact]
    public Task An_edit_replaces_the_text_and_says_so() => Give(
        """
        room.apply([event(4, "bob", "edited", { target: 2, text: "better" }), event(5, "bob", "edited", { target: 99, text: "unknown" })]);
        return texts();
        """, "1 b1", "2 better*", "3 a3");

    [Fact]
    public Task A_deletion_leaves_no_text_and_no_later_edit_brings_it_back() => Give(
        """
        room.apply([event(4, "bob", "deleted", { target: 2 }), event(5, "bob", "edited", { target: 2, text: "again" })]);
        return [...texts(), "text" in room.message(2)];
        """, "1 b1", "2 deleted", "3 a3", "false");

    [Fact]
    public Task What_was_erased_before_it_came_is_shown_as_deleted_and_not_counted() => Give(
        """
        room.apply([event(4, "bob", "message", { deleted: true }), event(5, "bob", "edited", { target: 4, deleted: true }), event(6, "bob", "deleted", { target: 4 })]);
        return [...texts(), `unread ${room.unread}`];
        """, "1 b1", "2 b2", "3 a3", "4 deleted", "unread 0");

    [Fact]
    public Task Reactions_are_folded_in_and_taken_back() => Give(
        """
        const reacted = (seq, by, on) => event(seq, by, "reacted", { target: 1, emoji: "👍", on });
        room.apply([reacted(4, "ada", true), reacted(5, "bob", true), reacted(6, "bob", true)]);
        const both = room.message(1).reactions["👍"].join(" and ");
        room.apply([reacted(7, "ada", false), reacted(8, "bob", false)]);
        return [both, room.message(1).reactions];
        """, "ada and bob", "undefined");

    [Fact]
    public Task Ones_own_post_is_there_once_whether_its_answer_or_its_event_comes_first() => Give(
        """
        const early = { key: "k1", text: "early", at }, late = { key: "k2", text: "late", at };
        room.pending = [early, late];
        room.apply([said(4, "ada", "early")]);
        room.posted(early, { seq: 4, at });
        room.posted(late, { seq: 5, at });
        room.apply([said(5, "ada", "late")]);
        return [...texts(), `pending ${room.pending.length}`, `unread ${room.unread}`];
        """, "1 b1", "2 b2", "3 a3", "4 early", "5 late", "pending 0", "unread 0");

    [Fact]
    public Task Older_history_goes_before_and_overlaps_without_harm() => Give(
        """
        const other = new Room({ ...entry, head: 60 }, "ada");
        other.watched = true;
        other.transcript.load([{ seq: 59, at, by: "bob", text: "b59" }, { seq: 60, at, by: "bob", text: "b60" }], { older: true, newer: false });
        other.apply([said(61, "bob", "b61")]);
        other.transcript.loadOlder(59, [{ seq: 58, at, by: "bob", text: "b58" }, { seq: 59, at, by: "bob", text: "b59" }], false);
        return [other.messages.map(m => m.seq).join(" "), other.stretch.older];
        """, "58 59 60 61", "false");

    [Fact]
    public Task A_page_that_does_not_fit_any_more_is_not_taken() => Give(
        """
        room.transcript.load([{ seq: 50, at, by: "bob", text: "b50" }], { older: true, newer: true });
        room.transcript.loadOlder(1, [], false);
        room.transcript.loadNewer(3, [{ seq: 4, at, by: "bob", text: "b4" }], false);
        return [...texts(), room.stretch.older, room.stretch.newer];
        """, "50 b50", "true", "true");

    [Fact]
    public Task What_happened_while_a_page_was_on_its_way_is_in_it() => Give(
        """
        const page = [1, 2, 3].map(seq => ({ ...room.message(seq) })); // the server read it before all of this
        room.apply([event(4, "bob", "edited", { target: 2, text: "better" }), said(5, "bob", "b5"), event(6, "bob", "reacted", { target: 1, emoji: "👍", on: true })]);
        room.transcript.load(page, { older: false, newer: false });
        return [...texts(), room.message(1).reactions["👍"]];
        """, "1 b1", "2 better*", "3 a3", "5 b5", "bob");

    [Fact]
    public Task When_too_much_happened_meanwhile_the_rest_is_loaded() => Give(
        """
        const page = [...room.messages];
        for (let seq = 4; seq <= 1000; seq++) room.apply([said(seq, "bob", `b${seq}`)]);
        room.transcript.load(page, { older: false, newer: false });
        const before = [room.stretch.last, room.stretch.newer];
        room.transcript.loadNewer(3, Array.from({ length: 200 }, (_, i) => ({ seq: 4 + i, at, by: "bob", text: "" })), true);
        room.transcript.loadNewer(203, Array.from({ length: 797 }, (_, i) => ({ seq: 204 + i, at, by: "bob", text: "" })), false);
        return [...before, room.stretch.last, room.stretch.newer, room.messages.length];
        """, "3", "true", "1000", "false", "400");

    [Fact]
    public Task At_the_end_old_messages_are_let_go_and_elsewhere_new_ones() => Give(
        """
        const stretch = () => `${room.stretch.first}-${room.stretch.last} ${room.stretch.older} ${room.stretch.newer}`;
        for (let seq = 4; seq <= 450; seq++) room.apply([said(seq, "bob", `b${seq}`)]);
        const atEnd = stretch();
        room.atEnd = false;
        const older = (first, last) => room.transcript.loadOlder(last + 1, Array.from({ length: last - first + 1 }, (_, i) => ({ seq: first + i, at, by: "bob", text: "" })), true);
        older(51, 231);
        const full = stretch();
        older(50, 50);
        const above = stretch();
        room.apply([said(451, "bob", "b451")]);
        return [atEnd, full, above, stretch(), room.unread];
        """, "232-450 true false", "51-450 true false", "50-449 true true", "50-449 true true", "448");

    [Fact]
    public Task An_answer_that_comes_before_older_events_keeps_their_order() => Give(
        """
        const post = { key: "k", text: "mine", at };
        room.pending = [post];
        room.posted(post, { seq: 5, at });
        room.apply([said(4, "bob", "b4"), said(5, "ada", "mine")]);
        return texts();
        """, "1 b1", "2 b2", "3 a3", "4 b4", "5 mine");

    [Fact]
    public Task Reading_to_the_end_leaves_nothing_unread_and_a_mark_does_not_go_back() => Give(
        """
        room.apply([said(4, "bob", "b4"), said(5, "bob", "b5"), said(6, "bob", "b6")]);
        const counts = [room.unread];
        for (const mark of [5, 4, 6, 1]) {
          room.markRead(mark);
          counts.push(room.unread);
        }
        return counts;
        """, "3", "1", "1", "0", "0");

    [Fact]
    public Task What_comes_after_a_mark_that_is_further_on_is_not_unread() => Give(
        """
        const post = { key: "k", text: "mine", at };
        room.pending = [post];
        room.posted(post, { seq: 6, at });
        room.markRead(6);
        room.apply([said(4, "bob", "b4"), said(5, "bob", "b5"), said(6, "ada", "mine")]);
        return [...texts(), `unread ${room.unread}`];
        """, "1 b1", "2 b2", "3 a3", "4 b4", "5 b5", "6 mine", "unread 0");

    [Fact]
    public Task A_mark_from_another_device_does_not_read_more_than_it_says() => Give(
        """
        const closed = new Room({ ...entry, head: 3, read: 3 }, "ada");
        closed.apply([said(4, "bob", "b4"), said(5, "bob", "b5")]);
        closed.markRead(4);
        const after = closed.unread;
        closed.markRead(5);
        return [after, closed.unread];
        """, "2", "0");

    [Fact]
    public Task After_a_break_it_goes_on_where_it_was_and_after_a_gap_it_starts_anew() => Give(
        """
        room.resume({ ...entry, head: 5, unread: 2 });
        room.apply([said(4, "bob", "b4"), said(5, "bob", "b5")]);
        const resumed = [...texts(), `unread ${room.unread}`, room.missed];
        room.markRead(5);
        resumed.push(room.missed);
        room.resume({ ...entry, head: 2000, unread: 99, gap: true });
        return [...resumed, room.seq, room.messages.length, room.loaded];
        """, "1 b1", "2 b2", "3 a3", "4 b4", "5 b5", "unread 2", "true", "false", "2000", "0", "false");

    [Fact]
    public Task Members_come_and_go_with_the_events() => Give(
        """
        room.members = new Map([["bob", { user: "bob", name: "Bob", role: "owner", online: true, lastActive: at }]]);
        room.apply([event(4, "carol", "joined"), event(5, "bob", "invited", { user: "dora" }), event(6, "bob", "role", { user: "ada", role: "moderator" }),
          event(7, "bob", "kicked", { user: "carol" }), event(8, "bob", "left")]);
        return [[...room.members.keys()].join(" "), room.role];
        """, "dora", "moderator");

    protected override Task Prepare() => Task.CompletedTask;

    private async Task Give(string doing, params string[] expected)
    {
        var ada = await Visitor("Ada");
        await ada.Page.RouteAsync("**/empty", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<link rel=icon href=icon.svg>" }));
        await ada.Page.GotoAsync("/empty");
        var given = await ada.Page.EvaluateAsync<string[]>($$"""
            async () => {
              const { Room } = await import("/room.js");
              {{Opened}}
              const happens = () => { {{doing}} };
              return happens().map(String);
            }
            """);
        Assert.Equal(expected, given);
    }
}
