// @ts-check
import { tolerate } from "./protocol.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./protocol.js").Message} Message */

/** Messages that somebody answered and that the page has not loaded. They are asked for one at a time, as they are to be shown. */
export class Originals {
  /** @type {{ room: Room, seq: number }[]} */ #wanted = [];
  #asking = false;

  /** @param {import("./history.js").History} history @param {() => void} changed  something is to be drawn */
  constructor(history, changed) {
    this.history = history;
    this.changed = changed;
  }

  /** @param {Room} room @param {number} seq @returns {Message | null | undefined} null where there is none, undefined while it is not known */
  of(room, seq) {
    const known = room.message(seq) ?? room.transcript.originals.get(seq);
    if (known === undefined && !this.#wanted.some(wanted => wanted.room === room && wanted.seq === seq)) {
      this.#wanted.push({ room, seq });
      if (!this.#asking) void this.#ask();
    }
    return known;
  }

  async #ask() {
    this.#asking = true;
    // The latest first: it is what one looks at. It stays among the wanted until it is known.
    for (let next; (next = this.#wanted.at(-1)); this.#wanted = this.#wanted.filter(wanted => wanted !== next)) {
      const { room, seq } = next;
      const { transcript } = room;
      await tolerate(this.history.message(room, seq).then(message => transcript.keepOriginal(seq, message)));
      if (!transcript.originals.has(seq)) transcript.keepOriginal(seq, null); // it was refused: nothing is to be had
      this.changed();
    }
    this.#asking = false;
  }
}
