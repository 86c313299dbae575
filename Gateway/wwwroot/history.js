// @ts-check
import { ChatError } from "./protocol.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./protocol.js").Message} Message */

const PAGE = 50; // messages

/** Fetches what was said: the latest messages of a room, those around one of them, and more at either end. */
export class History {
  /** Rooms that are fetching at an end. @type {Set<Room>} */ #busy = new Set();
  /** The latest wish in each room: the answers to those before it come too late. @type {WeakMap<Room, object>} */ #wishes = new WeakMap();

  /** @param {import("./socket.js").ChatSocket} socket */
  constructor(socket) {
    this.socket = socket;
  }

  /** The latest messages, in the place of what the room has. @param {Room} room */
  async latest(room) {
    await this.#replace(room, async load => {
      await this.#ask(room, { limit: PAGE }, ({ messages, more }) => load(messages, { older: more, newer: false }));
    });
  }

  /** The messages around one, in the place of what the room has; nothing is asked for where it is there. @param {Room} room @param {number} seq */
  async around(room, seq) {
    if (room.loaded && seq >= room.stretch.first && (seq <= room.stretch.last || !room.stretch.newer)) return;
    await this.#replace(room, async load => {
      const before = await this.#ask(room, { before: seq + 1, limit: PAGE / 2 });
      await this.#ask(room, { after: seq, limit: PAGE / 2 }, after =>
        load([...before.messages, ...after.messages], { older: before.more, newer: after.more }));
    });
  }

  /** @param {Room} room @param {(load: import("./transcript.js").Transcript["load"]) => Promise<void>} fetch */
  async #replace(room, fetch) {
    const wish = {};
    this.#wishes.set(room, wish);
    room.watched = true; // from now on, so that nothing falls between the page and the events after it
    try {
      await fetch((messages, beyond) => {
        if (this.#wishes.get(room) === wish) room.transcript.load(messages, beyond);
      });
    } finally {
      if (!room.loaded && this.#wishes.get(room) === wish) room.watched = false;
    }
  }

  /**
   * The page before the first message, or after the last one. @param {Room} room @param {"older" | "newer"} end
   * @returns {Promise<boolean>} whether there is something to be shown
   */
  async more(room, end) {
    const { first: before, last: after, older, newer } = room.stretch;
    if (this.#busy.has(room) || !room.loaded || !(end === "older" ? older && before : newer)) return false;
    this.#busy.add(room); // two pages at once would leave a hole between them
    try {
      if (end === "older") await this.#ask(room, { before, limit: PAGE }, page => room.transcript.loadOlder(before, page.messages, page.more));
      else await this.#ask(room, { after, limit: PAGE }, page => room.transcript.loadNewer(after, page.messages, page.more));
      return true;
    } catch (error) {
      if (error instanceof ChatError) return false; // asked again when one scrolls
      throw error;
    } finally {
      this.#busy.delete(room);
    }
  }

  /**
   * One message as it now is, which the room need not have; null where there is none by that number.
   * @param {Room} room @param {number} seq @returns {Promise<Message | null>}
   */
  async message(room, seq) {
    const page = await this.#ask(room, { before: seq + 1, limit: 1 });
    return page.messages.find(message => message.seq === seq) ?? null;
  }

  /**
   * @param {Room} room @param {object} which @param {(page: { messages: Message[], more: boolean }) => void} [first]
   * @returns {Promise<{ messages: Message[], more: boolean }>}
   */
  #ask(room, which, first) {
    return this.socket.ask("history", { room: room.id, ...which }, first);
  }
}
