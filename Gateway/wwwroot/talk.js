// @ts-check
import { Deletions } from "./deletions.js";
import { Originals } from "./originals.js";
import { outbox } from "./outbox.js";
import { ChatError, newKey, tolerate } from "./protocol.js";
import { explain } from "./words.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Pending} Pending */

const NOTICEABLE = 1_000; // ms; a shorter wait is not worth a sentence
const TYPING_EVERY = 2_500; // ms; the server passes on one in 2 s
const READ_EVERY = 1_000; // ms between two read marks

/** What one says in a room, and does with what was said. */
export class Talk {
  #typedAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #typing;
  /** Rooms with a read mark that the server does not know yet. @type {Set<Room>} */ #seen = new Set();
  #toldAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #telling;
  /** The turn of the last post in each room. @type {WeakMap<Room, Promise<void>>} */ #turns = new WeakMap();

  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.socket = chat.socket;
    this.ended = chat.ended;
    this.changed = () => chat.changed("messages", "rooms");
    this.heard = () => chat.heard("messages", "rooms");
    this.originals = new Originals(chat.history, this.changed);
    this.deletions = new Deletions(chat.socket, this.changed, refusal => chat.say(explain(refusal)));
    const flush = () => {
      this.deletions.flush();
      this.#tellRead();
    };
    addEventListener("pagehide", flush, { signal: chat.ended });
    chat.ended.addEventListener("abort", flush);
  }

  /**
   * Says something: it is shown at once, and repeated with the same key until it is answered.
   * @param {Room} room @param {string} text @param {number} [reply] the message that it answers
   */
  post(room, text, reply) {
    /** @type {Pending} */
    const post = { key: newKey(), text, at: new Date().toISOString(), reply };
    room.pending = [...room.pending, post];
    outbox.add(room.id, post);
    this.typedOut();
    return this.repost(room, post);
  }

  /** What was on its way when the page was left is sent now, with the same key: twice is once. @param {import("./chat.js").Chat} chat */
  resume({ me, rooms }) {
    for (const { room: id, ...post } of outbox.belongTo(me?.id ?? "")) {
      const room = rooms.get(id);
      if (!room) {
        outbox.remove(post.key);
        continue;
      }
      room.pending = [...room.pending, post];
      void this.repost(room, post);
    }
  }

  /** One after the other, so that what is kept waiting keeps its place. @param {Room} room @param {Pending} post */
  async repost(room, post) {
    post.failed = undefined;
    this.changed();
    const turn = (this.#turns.get(room) ?? Promise.resolve()).then(() => this.#send(room, post));
    this.#turns.set(room, turn.catch(() => {}));
    await turn;
  }

  /** @param {Room} room @param {Pending} post */
  async #send(room, post) {
    if (!room.pending.includes(post)) return; // it was discarded meanwhile
    const { key, text, reply } = post;
    const fields = { room: room.id, text, key, ...(reply ? { reply } : {}) };
    try {
      room.posted(post, await this.socket.ask("post", fields, undefined, (error, wait) => this.#hold(post, error, wait)));
      outbox.remove(key);
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (this.ended.aborted) return; // it was not refused: the visit is over
      post.seq = undefined;
      post.failed = explain(error);
    }
    this.changed();
  }

  /** The server takes it later: in slow mode, or when we said too much. @param {Pending} post @param {ChatError} error @param {number} wait ms @returns {Promise<void>} */
  #hold(post, error, wait) {
    return new Promise((go, stop) => {
      const done = (/** @type {() => void} */ then) => {
        clearTimeout(due);
        post.held = post.giveUp = undefined;
        this.changed();
        then();
      };
      const due = setTimeout(() => done(go), wait);
      post.giveUp = () => done(() => stop(error));
      if (wait < NOTICEABLE) return;
      post.held = { why: explain(error), until: Date.now() + wait };
      this.changed();
    });
  }

  /** @param {Room} room @param {Pending} post */
  discard(room, post) {
    room.pending = room.pending.filter(other => other !== post);
    outbox.remove(post.key);
    post.giveUp?.();
    this.changed();
  }

  /** @param {Room} room @param {number} seq @param {string} text */
  edit(room, seq, text) {
    return this.socket.call("edit", { room: room.id, seq, text });
  }

  /** @param {Room} room @param {number} seq @param {string} emoji @param {boolean} on */
  react(room, seq, emoji, on) {
    return this.socket.call("react", { room: room.id, seq, emoji, on });
  }

  /** The latest message was seen. @param {Room} room */
  read(room) {
    const seq = room.stretch.last;
    if (seq <= room.read || !room.loaded || room.stretch.newer) return;
    room.markRead(seq);
    this.heard();
    this.#seen.add(room);
    this.#telling ??= setTimeout(() => this.#tellRead(), Math.max(0, this.#toldAt + READ_EVERY - Date.now()));
  }

  /** However much comes in, the server hears of it once in a while. */
  #tellRead() {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#toldAt = Date.now();
    // The next mark makes up for a lost one.
    for (const room of this.#seen) void tolerate(this.socket.call("read", { room: room.id, seq: room.read }));
    this.#seen.clear();
  }

  /** Tells the others, now or as soon as it may be told again. @param {Room} room */
  typing(room) {
    this.#typing ??= setTimeout(() => {
      this.#typing = undefined;
      this.#typedAt = Date.now();
      tolerate(this.socket.call("typing", { room: room.id }));
    }, Math.max(0, this.#typedAt + TYPING_EVERY - Date.now()));
  }

  /** What was to be told of typing is no longer so. */
  typedOut() {
    clearTimeout(this.#typing);
    this.#typing = undefined;
  }
}
