// @ts-check
const KEY = "orleanschat.drafts";
const MOST = 200; // rooms; the one that was written in longest ago is forgotten first
const SOON = 300; // ms; a key press writes nothing, a pause does

/**
 * Unfinished texts by room. They are kept in this browser, survive a reload, and are the same in all its tabs. They
 * belong to one person: whoever comes in as somebody else finds none.
 */
class Drafts {
  /** The one written in last comes last. @type {Map<string, string>} */ #texts = new Map();
  /** The rooms that storage does not know of yet. @type {Set<string>} */ #unsaved = new Set();
  /** @type {Set<(room: string) => void>} */ #listeners = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #saving;
  #owner = "";

  constructor() {
    addEventListener("pagehide", () => this.#save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.#save());
    addEventListener("storage", event => event.key === KEY && this.#read());
  }

  /** From now on, these are somebody's own. @param {string} user */
  belongTo(user) {
    if (user === this.#owner) return;
    this.#owner = user;
    this.#unsaved.clear(); // what somebody else has not saved is not theirs
    this.#read();
  }

  /** @param {string} room */
  get(room) {
    return this.#texts.get(room) ?? "";
  }

  /** Whether there is something in it that would be missed. @param {string} room */
  has(room) {
    return this.get(room).trim() !== "";
  }

  /** @param {string} room @param {string} text empty: there is none any more */
  set(room, text) {
    if (text === this.get(room)) return;
    this.#texts.delete(room);
    if (text) this.#texts.set(room, text);
    this.#unsaved.add(room);
    this.#saving ??= setTimeout(() => this.#save(), SOON);
    this.#tell(room);
  }

  /** @param {(room: string) => void} listener called when a room's draft is another, by whomever @returns {() => void} ends it */
  listen(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets all of them, here and in storage: somebody signs out. */
  clear() {
    const rooms = [...this.#texts.keys()];
    this.#texts.clear();
    this.#unsaved.clear();
    this.#owner = "";
    try {
      localStorage.removeItem(KEY);
    } catch {
      // then there was nothing to forget
    }
    for (const room of rooms) this.#tell(room);
  }

  /** What another tab wrote, or this one before it was loaded anew; what is not saved yet is younger. */
  #read() {
    const before = this.#texts;
    const unsaved = [...before].filter(([room]) => this.#unsaved.has(room));
    this.#texts = new Map([...stored(this.#owner).filter(([room]) => !this.#unsaved.has(room)), ...unsaved]);
    for (const room of new Set([...before.keys(), ...this.#texts.keys()])) {
      if (before.get(room) !== this.#texts.get(room)) this.#tell(room);
    }
  }

  #save() {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    if (!this.#owner || this.#unsaved.size === 0) return;
    this.#read(); // another tab may have written in other rooms meanwhile
    this.#unsaved.clear();
    for (const room of [...this.#texts.keys()].slice(0, -MOST)) this.#texts.delete(room);
    try {
      localStorage.setItem(KEY, JSON.stringify({ of: this.#owner, texts: [...this.#texts] }));
    } catch {
      // then only this tab knows
    }
  }

  /** @param {string} room */
  #tell(room) {
    for (const listener of this.#listeners) listener(room);
  }
}

/** Only what is of the right kind, and somebody's own. @param {string} owner @returns {[string, string][]} */
function stored(owner) {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (!owner || kept?.of !== owner || !Array.isArray(kept.texts)) return [];
    return kept.texts.filter((/** @type {unknown[]} */ entry) => typeof entry?.[0] === "string" && typeof entry[1] === "string");
  } catch {
    return []; // storage may be forbidden, or hold something else
  }
}

export const drafts = new Drafts();
