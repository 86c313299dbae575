// @ts-check
import { Browse } from "./components/rooms/browse.js";
import { Search } from "./components/search/search.js";
import { Switcher } from "./components/switcher/switcher.js";
import { Later } from "./later.js";
import { words } from "./words.js";

/** @typedef {import("./chat.js").Chat} Chat */
/**
 * @typedef {object} Acts
 * @property {(room: string) => void} open
 * @property {() => void} left  the open room is none of ours any more
 * @property {() => void} signOut
 * @property {() => void} search  shows the search where there is room for it
 */

const drawn = matchMedia("(max-width: 68.74em)"); // the side column lies over the conversation, as in style.css

/** Everything that opens over the rooms and the conversation, and the keys that open it. */
export class Panels {
  /** @param {Chat} chat @param {HTMLElement} place  of the search @param {Acts} acts */
  constructor(chat, place, acts) {
    this.chat = chat;
    this.acts = acts;
    this.browse = new Browse(chat, acts.open);
    this.switcher = new Switcher(chat, acts.open);
    this.search = new Search(place, chat, { chosen: () => drawn.matches && this.search.close() });
    const missed = () => chat.say(words.errors.offline);
    this.settings = new Later(
      async () => new (await import("./components/settings/settings.js")).OwnSettings(chat, acts), chat.ended, missed);
    this.room = new Later(
      async () => new (await import("./components/room-settings/room-settings.js")).RoomSettings(chat, acts), chat.ended, missed);
    const inProfile = { open: acts.open, settings: () => this.settings.show(), write: () => composer()?.focus() };
    this.profile = new Later(
      async () => new (await import("./components/profile/profile.js")).Profile(chat, inProfile), chat.ended, missed);
    chat.profile = user => this.profile.show(user);
    addEventListener("keydown", event => this.#key(event), { signal: chat.ended });
  }

  /** @param {Set<import("./chat.js").Topic>} topics */
  update(topics) {
    if (topics.has("rooms") || topics.has("members")) {
      this.profile.update();
      this.room.update();
      this.search.update();
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    const ctrl = (event.ctrlKey || event.metaKey) && !event.altKey;
    const act = ctrl && !event.shiftKey && event.key.toLowerCase() === "k" ? () => this.switcher.show()
      : ctrl && event.shiftKey && event.key.toLowerCase() === "f" ? () => this.acts.search()
      : ctrl && event.key === "/" ? () => this.settings.show(true)
      : event.altKey && !event.ctrlKey && !event.metaKey && event.key === "ArrowUp" ? () => this.#walk(-1, event.shiftKey)
      : event.altKey && !event.ctrlKey && !event.metaKey && event.key === "ArrowDown" ? () => this.#walk(1, event.shiftKey)
      : null;
    if (!act || document.querySelector("dialog[open]")) return; // one thing at a time
    event.preventDefault();
    act();
  }

  /** To the next room of the list, or the next one with something unread. @param {number} step @param {boolean} unread */
  #walk(step, unread) {
    const rows = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("#rooms .room-row")]);
    const here = rows.findIndex(row => row.hasAttribute("aria-current"));
    for (let i = here + step; i >= 0 && i < rows.length; i += step) {
      if (unread && !rows[i].classList.contains("unread")) continue;
      location.hash = rows[i].hash;
      return;
    }
  }

  close() {
    for (const panel of [this.browse, this.switcher, this.settings, this.room, this.search, this.profile]) panel.close();
    for (const dialog of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
  }
}

/** @returns {HTMLElement | null} */
const composer = () => document.querySelector("#room textarea");
