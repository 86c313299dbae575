// @ts-check
import { Transcript } from "./transcript.js";

/** @typedef {import("./protocol.js").Message} Message */
/** @typedef {import("./protocol.js").RoomEntry} RoomEntry */
/** @typedef {import("./protocol.js").RoomEvent} RoomEvent */
/** @typedef {import("./protocol.js").Member} Member */
/**
 * A post of ours; `held` while the server lets it wait until a moment (ms).
 * @typedef {{ key: string, text: string, at: string, reply?: number, seq?: number, failed?: string,
 *   held?: { why: string, until: number }, giveUp?: () => void }} Pending
 */

/**
 * A room as this page knows it: its messages in the order of their numbers, whatever order the news come in.
 * No DOM, no line, no clock. Everything may be applied twice without harm, since a page of history and the
 * events that made it may overlap.
 */
export class Room {
  /** What was said, as far as the page has it. */ transcript = new Transcript();
  /** Our own posts that are not answered yet, or failed. @type {Pending[]} */ pending = [];
  /** By user; null until they were asked for. @type {Map<string, Member> | null} */ members = null;
  /** Where there are more members: the last one that was asked for. @type {string | null} */ moreMembers = null;
  /** Whether the members are to be asked for, when the room is next shown. */ stale = true;
  /** How often members came, went or changed: what was asked for before the last time is old. */ comings = 0;
  /** In large rooms only a number is known. @type {number | null} */ onlineCount = null;
  /** Who is typing, and until when (ms). @type {Map<string, number>} */ typing = new Map();
  /** How far the others have read, as far as it is known. @type {Map<string, number>} */ reads = new Map();
  /** Whether messages are kept, from when the room is first opened; before, they are only counted. */ watched = false;
  /** Whether one looks at the end of the room. */ atEnd = true;
  /** Whether there is something unread that came while the line was away. */ missed = false;
  /** Whether more was missed than could be resumed, so that what was here was loaded anew. */ reloaded = false;
  /** The latest message of somebody else, as far as it was heard. @type {{ seq: number, by: string, text?: string } | null} */ spoken = null;
  topic = "";
  visibility = "public";
  /** Seconds between one member's messages. */ slow = 0;

  /** @param {RoomEntry} entry @param {string} me */
  constructor(entry, me) {
    this.id = entry.room;
    this.me = me;
    this.name = entry.name;
    this.role = entry.role;
    this.last = entry.last;
    this.read = entry.read;
    this.unread = entry.unread;
    this.mentions = entry.mentions;
    /** The number of the last event that we have. */ this.seq = entry.head;
    /** Up to here the server has counted what is unread; we count on. */ this.counted = entry.head;
    this.topic = entry.topic ?? "";
    this.visibility = entry.visibility ?? "public";
  }

  get direct() {
    return this.id.startsWith("dm:");
  }

  /** The other one in a direct room. */
  get peer() {
    return this.id.slice(3).split("+").find(user => user !== this.me) ?? this.me;
  }

  /** Those that the page has, ascending. @returns {Message[]} */
  get messages() {
    return this.transcript.stretch.messages;
  }

  get stretch() {
    return this.transcript.stretch;
  }

  /** Whether messages were loaded. */
  get loaded() {
    return this.transcript.loaded;
  }

  /** @param {number} seq */
  message(seq) {
    return this.transcript.stretch.at(seq);
  }

  /** The line is back, and this is what the server says. @param {RoomEntry} entry */
  resume(entry) {
    this.name = entry.name;
    this.role = entry.role;
    this.last = entry.last;
    this.read = entry.read;
    this.unread = entry.unread;
    this.missed = entry.unread > 0;
    this.mentions = entry.mentions;
    this.counted = entry.head;
    this.visibility = entry.visibility ?? this.visibility;
    if (this.watched && !entry.gap) return; // the events since then follow
    this.reloaded ||= this.loaded;
    this.seq = entry.head;
    this.transcript = new Transcript();
    this.watched = false;
    this.members = null;
  }

  /**
   * Events of the room's log, as they come in.
   * @param {RoomEvent[]} events
   * @returns {boolean} false if there is a hole before them: then nothing after it was applied
   */
  apply(events) {
    for (const event of events) {
      if (event.seq <= this.seq) continue;
      if (event.seq !== this.seq + 1) return false;
      this.seq = event.seq;
      this.last = event.at;
      this.#happened(event);
    }
    return true;
  }

  /** @param {RoomEvent} event */
  #happened(event) {
    if (this.watched) this.transcript.take(event, this.atEnd);
    switch (event.kind) {
      case "message":
        this.#said(event);
        break;
      case "configured":
        this.name = event.name ?? this.name;
        this.topic = event.topic ?? this.topic;
        this.visibility = event.visibility ?? this.visibility;
        this.slow = event.slow ?? this.slow;
        break;
      case "joined":
        this.#enters(event.by, event.at);
        break;
      case "invited":
        this.#enters(/** @type {string} */ (event.user), event.at);
        break;
      case "left":
        this.members?.delete(event.by);
        break;
      case "kicked":
      case "banned":
        this.members?.delete(/** @type {string} */ (event.user));
        break;
      case "role":
        this.#promoted(/** @type {string} */ (event.user), event.role ?? "member");
        break;
    }
  }

  /** @param {RoomEvent} event */
  #said({ seq, by, text, deleted }) {
    this.typing.delete(by);
    if (by !== this.me) {
      this.spoken = { seq, by, text };
      if (seq > Math.max(this.counted, this.read) && !deleted) this.unread++;
    } else {
      // Our own post may come back before its answer does; it must not be seen twice.
      const ours = this.pending.find(post => post.seq === undefined && !post.failed && post.text === text);
      if (ours) ours.seq = seq;
    }
  }

  /** @param {string} user @param {string} at */
  #enters(user, at) {
    if (!this.members || this.members.has(user)) return;
    this.members = new Map(this.members).set(user, { user, name: "", role: "member", online: user === this.me, lastActive: at });
  }

  /** @param {string} user @param {import("./protocol.js").Role} role */
  #promoted(user, role) {
    if (user === this.me) this.role = role;
    const member = this.members?.get(user);
    if (member) member.role = role;
  }

  /** Our post is stored. @param {Pending} post @param {{ seq: number, at: string }} stored */
  posted(post, { seq, at }) {
    this.pending = this.pending.filter(other => other !== post);
    if (seq > this.seq) this.transcript.tell({ kind: "message", seq, at, by: this.me, text: post.text, reply: post.reply }, this.atEnd); // before its event
  }

  /** A read mark of ours, from here or from another device. @param {number} seq */
  markRead(seq) {
    if (seq <= this.read) return;
    this.read = seq;
    const last = this.loaded ? this.stretch.last : this.spoken?.seq ?? 0;
    if (this.stretch.newer || (!this.loaded && seq < last)) return; // how many follow it is not known here
    if (seq >= last) [this.unread, this.mentions, this.missed] = [0, 0, false];
    else this.unread = Math.min(this.unread, this.messages.filter(m => m.seq > seq && m.by !== this.me && !m.deleted).length);
  }

  /** A read mark of somebody else. @param {string} user @param {number} seq */
  readBy(user, seq) {
    if (user === this.me || seq <= (this.reads.get(user) ?? 0)) return;
    this.reads = new Map(this.reads).set(user, seq);
  }

  /** @param {{ online?: string[], offline?: string[], count?: number }} presence */
  presence({ online = [], offline = [], count }) {
    if (count !== undefined) this.onlineCount = count;
    for (const user of online) this.#seen(user, true);
    for (const user of offline) this.#seen(user, false);
  }

  /** @param {string} user @param {boolean} online */
  #seen(user, online) {
    const member = this.members?.get(user);
    if (member) member.online = online;
  }
}
