// @ts-check
import { Stretch } from "./stretch.js";

/** @typedef {import("./protocol.js").Message} Message */
/** @typedef {import("./protocol.js").RoomEvent} RoomEvent */

const REMEMBERED = 300; // events, to bring a page of history up to date that was asked for before them
const ORIGINALS = 800; // messages kept that were answered; the first one that was asked for goes first
const ABOUT_MESSAGES = new Set(["message", "edited", "deleted", "reacted"]);

/** What was said in a room: pages of history and the events that come meanwhile, in whatever order they arrive. */
export class Transcript {
  /** Those messages that the page has now. */ stretch = new Stretch();
  /** Whether messages were loaded. */ loaded = false;
  /** Messages that were answered, by number, as far as they were asked for; null where there is none. @type {Map<number, Message | null>} */ originals = new Map();
  /** The latest events about messages. @type {RoomEvent[]} */ #recent = [];
  /** The number of the last message whose event is not among them any more. */ #forgotten = 0;

  /** A stretch of history in the place of what we have. @param {Message[]} messages @param {{ older: boolean, newer: boolean }} beyond */
  load(messages, beyond) {
    this.stretch = new Stretch(messages, beyond);
    this.loaded = true;
    this.#catchUp();
  }

  /** The page of history before what we have; what is not right before it any more is of no use. @param {number} before @param {Message[]} messages @param {boolean} more */
  loadOlder(before, messages, more) {
    if (before !== this.stretch.first) return;
    this.stretch.prepend(messages, more);
    this.#catchUp();
  }

  /** The page of history after what we have. @param {number} after @param {Message[]} messages @param {boolean} more */
  loadNewer(after, messages, more) {
    if (after !== this.stretch.last) return;
    this.stretch.append(messages, more);
    this.#catchUp();
  }

  /** An event of the room's log. @param {RoomEvent} event @param {boolean} atEnd whether one looks at the end of the room */
  take(event, atEnd) {
    if (!ABOUT_MESSAGES.has(event.kind)) return;
    this.#recent.push(event);
    if (this.#recent.length > REMEMBERED) {
      const { kind, seq } = /** @type {RoomEvent} */ (this.#recent.shift());
      if (kind === "message") this.#forgotten = seq;
    }
    this.tell(event, atEnd);
  }

  /** A message that was answered, and need not be among those we have. @param {number} seq @param {Message | null} message */
  keepOriginal(seq, message) {
    this.originals.set(seq, message);
    if (this.originals.size > ORIGINALS) this.originals.delete(this.originals.keys().next().value ?? 0);
    for (const event of this.#recent) this.#tellOriginal(event);
  }

  /** What was edited or deleted is not to be quoted as it was. @param {RoomEvent} event */
  #tellOriginal({ kind, target = 0, text, deleted }) {
    const original = this.originals.get(target);
    if (!original || original.deleted) return;
    if (kind === "edited" && !deleted) this.originals.set(target, { ...original, text });
    if (kind === "deleted") this.originals.set(target, { seq: target, at: original.at, by: original.by, deleted: true });
  }

  /** The events that came while a page was on its way are newer than the page, or in it already. */
  #catchUp() {
    if (this.#forgotten > this.stretch.last) this.stretch.newer = true; // too many came: they are loaded
    for (const event of this.#recent) this.tell(event, false);
  }

  /** What an event makes of the messages that we have. @param {RoomEvent} event @param {boolean} atEnd whether one looks at the end of the room */
  tell(event, atEnd) {
    const { stretch } = this;
    const target = stretch.at(event.target ?? 0);
    this.#tellOriginal(event);
    switch (event.kind) {
      case "message":
        if (stretch.newer || event.seq < stretch.first || stretch.at(event.seq)) break;
        stretch.arrive(messageOf(event), atEnd);
        break;
      case "edited":
        if (target && !target.deleted && !event.deleted) stretch.put({ ...target, text: event.text, edited: true });
        break;
      case "deleted":
        if (target) stretch.put({ seq: target.seq, at: target.at, by: target.by, deleted: true });
        break;
      case "reacted":
        if (target && !target.deleted) stretch.put({ ...target, reactions: react(target.reactions, event) });
        break;
    }
  }
}

/** @param {RoomEvent} event @returns {Message} */
function messageOf({ seq, at, by, text, reply, deleted }) {
  return { seq, at, by, text, reply, deleted };
}

/**
 * @param {Record<string, string[]> | undefined} before
 * @param {RoomEvent} event
 * @returns {Record<string, string[]> | undefined}
 */
function react(before, { by, emoji = "", on }) {
  const who = (before?.[emoji] ?? []).filter(user => user !== by);
  if (on) who.push(by);
  const after = { ...before, [emoji]: who };
  if (who.length === 0) delete after[emoji];
  return Object.keys(after).length ? after : undefined;
}
