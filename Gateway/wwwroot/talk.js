// @ts-check
import { ChatError, newKey, tolerate } from "./protocol.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./room.js").Pending} Pending */

const TYPING_EVERY = 2_500; // ms; the server passes on one in 2 s

/** What one says in a room, and does with what was said. */
export class Talk {
  #typedAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #typing;

  /** @param {import("./socket.js").ChatSocket} socket @param {() => void} changed  something is to be drawn */
  constructor(socket, changed) {
    this.socket = socket;
    this.changed = changed;
  }

  /** Says something: it is shown at once, and repeated with the same key until it is answered. @param {Room} room @param {string} text */
  post(room, text) {
    /** @type {Pending} */
    const post = { key: newKey(), text, at: new Date().toISOString() };
    room.pending = [...room.pending, post];
    this.typedOut();
    return this.repost(room, post);
  }

  /** @param {Room} room @param {Pending} post */
  async repost(room, post) {
    post.failed = undefined;
    this.changed();
    try {
      const { key, text } = post;
      room.posted(post, await this.socket.ask("post", { room: room.id, text, key }));
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      post.failed = error.message;
    }
    this.changed();
  }

  /** @param {Room} room @param {Pending} post */
  discard(room, post) {
    room.pending = room.pending.filter(other => other !== post);
    this.changed();
  }

  /** @param {Room} room @param {number} seq @param {string} text */
  edit(room, seq, text) {
    return this.socket.call("edit", { room: room.id, seq, text });
  }

  /** @param {Room} room @param {number} seq */
  delete(room, seq) {
    return this.socket.call("delete", { room: room.id, seq });
  }

  /** @param {Room} room @param {number} seq @param {string} emoji @param {boolean} on */
  react(room, seq, emoji, on) {
    return this.socket.call("react", { room: room.id, seq, emoji, on });
  }

  /** The latest message was seen. @param {Room} room */
  async read(room) {
    const seq = room.stretch.last;
    if (seq <= room.read || !room.loaded || room.stretch.newer) return;
    room.markRead(seq);
    this.changed();
    await tolerate(this.socket.call("read", { room: room.id, seq })); // the next mark makes up for a lost one
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
