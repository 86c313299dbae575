// @ts-check
import { ChatError } from "./protocol.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {{ room: Room, seq: number, sent: boolean, timer?: ReturnType<typeof setTimeout> }} Deletion */

const UNDO = 5_000; // ms in which a deletion can be taken back

/**
 * Messages that were deleted here: nobody else hears of it for a while, so that it can be undone. Whoever goes away
 * meanwhile, to another room or off the page, meant it.
 */
export class Deletions {
  /** By room and number. What was sent stays, since its event may come after the answer. @type {Map<string, Deletion>} */ #all = new Map();

  /**
   * @param {import("./socket.js").ChatSocket} socket
   * @param {() => void} changed  something is to be drawn
   * @param {(refusal: ChatError) => void} refused
   */
  constructor(socket, changed, refused) {
    this.socket = socket;
    this.changed = changed;
    this.refused = refused;
  }

  /** Whether a message looks deleted, and whether that can be undone. @param {Room} room @param {number} seq @returns {"no" | "undoable" | "sent"} */
  state(room, seq) {
    const deletion = this.#all.get(keyOf(room, seq));
    return !deletion ? "no" : deletion.sent ? "sent" : "undoable";
  }

  /** @param {Room} room @param {number} seq */
  begin(room, seq) {
    const key = keyOf(room, seq);
    if (this.#all.has(key)) return;
    /** @type {Deletion} */
    const deletion = { room, seq, sent: false };
    deletion.timer = setTimeout(() => this.#send(key, deletion), UNDO);
    this.#all.set(key, deletion);
    this.changed();
  }

  /** @param {Room} room @param {number} seq */
  undo(room, seq) {
    const key = keyOf(room, seq);
    const deletion = this.#all.get(key);
    if (!deletion || deletion.sent) return;
    clearTimeout(deletion.timer);
    this.#all.delete(key);
    this.changed();
  }

  /** Waits no longer with any of them. */
  flush() {
    for (const [key, deletion] of this.#all) if (!deletion.sent) void this.#send(key, deletion);
  }

  /** @param {string} key @param {Deletion} deletion */
  async #send(key, deletion) {
    clearTimeout(deletion.timer);
    deletion.sent = true;
    const { room, seq } = deletion;
    try {
      const sent = this.socket.ask("delete", { room: room.id, seq });
      this.changed();
      await sent;
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (error.code === "not_found") return; // it is gone already: by another hand, or by the first of two tries
      this.#all.delete(key);
      this.refused(error);
      this.changed();
    }
  }
}

/** @param {Room} room @param {number} seq */
function keyOf(room, seq) {
  return `${room.id}/${seq}`;
}
