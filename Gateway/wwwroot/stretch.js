// @ts-check
/** @typedef {import("./protocol.js").Message} Message */

/** So many messages are held, and stand in the page, at the most. What is let go at one end is loaded again when one comes back. */
const HELD = 400;
/**
 * While one looks at the end, old ones are let go some at a time: each time moves all rows that stay, and each row that goes
 * costs as well; a hundred of them at once would be felt. Enough stay to fill a tall screen.
 */
const LATEST = { most: 220, kept: 200 };

/**
 * A stretch of a room's messages, without a hole: the latest ones, or some in the middle of its history. It grows at
 * either end, and lets go of the other end when it is full.
 */
export class Stretch {
  /** Messages by number. @type {Map<number, Message>} */ #messages = new Map();
  /** @type {Message[] | null} */ #sorted = [];

  /** @param {Message[]} [messages] @param {{ older: boolean, newer: boolean }} [beyond] */
  constructor(messages = [], { older, newer } = { older: true, newer: false }) {
    for (const message of messages) this.put(message);
    /** Whether the room has messages before the first one. */ this.older = older;
    /** Whether the room has messages after the last one that are not held. */ this.newer = newer;
  }

  /** Ascending. @returns {Message[]} */
  get messages() {
    return (this.#sorted ??= [...this.#messages.values()].sort((a, b) => a.seq - b.seq));
  }

  /** The number of the first message; 0 where there is none. */
  get first() {
    return this.messages[0]?.seq ?? 0;
  }

  /** The number of the last message; 0 where there is none. */
  get last() {
    return this.messages.at(-1)?.seq ?? 0;
  }

  /** @param {number} seq */
  at(seq) {
    return this.#messages.get(seq);
  }

  /** @param {Message[]} messages those before the first one @param {boolean} more whether there are still older ones */
  prepend(messages, more) {
    for (const message of messages) this.put(message);
    this.older = more;
    this.trim("newest", HELD);
  }

  /** @param {Message[]} messages those after the last one @param {boolean} more whether there are still newer ones */
  append(messages, more) {
    for (const message of messages) this.put(message);
    this.newer = more;
    this.trim("oldest", HELD);
  }

  /** A message that was just posted. @param {Message} message @param {boolean} atEnd whether one looks at the end: then old ones are let go where there are too many, else this one */
  arrive(message, atEnd) {
    this.put(message);
    if (!atEnd) this.trim("newest", HELD);
    else if (this.#messages.size > LATEST.most) this.trim("oldest", LATEST.kept);
  }

  /** A message that is held, or follows the last one. @param {Message} message */
  put(message) {
    this.#messages.set(message.seq, message);
    this.#sorted = null;
  }

  /** Lets go of what is too much. @param {"oldest" | "newest"} end @param {number} kept */
  trim(end, kept) {
    const excess = this.messages.length - kept;
    if (excess <= 0) return;
    const gone = end === "oldest" ? this.messages.slice(0, excess) : this.messages.slice(-excess);
    for (const { seq } of gone) this.#messages.delete(seq);
    this.#sorted = null;
    if (end === "oldest") this.older = true;
    else this.newer = true;
  }
}
