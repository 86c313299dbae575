// @ts-check
import { Browse } from "./components/rooms/browse.js";
import { OwnSettings } from "./components/settings/settings.js";
import { Profile } from "./components/profile/profile.js";
import { RoomSettings } from "./components/room-settings/room-settings.js";
import { Search } from "./components/search/search.js";
import { Switcher } from "./components/switcher/switcher.js";

/** @typedef {import("./chat.js").Chat} Chat */
/**
 * @typedef {object} Acts
 * @property {(room: string) => void} open
 * @property {() => void} left  the open room is none of ours any more
 * @property {() => void} signOut
 * @property {() => void} search  shows the search where there is room for it
 */

const drawn = matchMedia("(max-width: 68.74em)"); // the side column lies over the conversation, as in style.css

/** Everything that opens over the rooms and the conversation. */
export class Panels {
  /** @param {Chat} chat @param {HTMLElement} place  of the search @param {Acts} acts */
  constructor(chat, place, acts) {
    this.chat = chat;
    this.acts = acts;
    this.browse = new Browse(chat, acts.open);
    this.switcher = new Switcher(chat, acts.open);
    this.settings = new OwnSettings(chat, acts);
    this.room = new RoomSettings(chat, acts);
    this.search = new Search(place, chat, { chosen: () => drawn.matches && this.search.close() });
    this.profile = new Profile(chat, { open: acts.open, settings: () => this.settings.show(), write: () => composer()?.focus() });
  }

  /** @param {Set<import("./chat.js").Topic>} topics */
  update(topics) {
    if (topics.has("rooms") || topics.has("members")) {
      this.profile.update();
      this.room.update();
      this.search.update();
    }
  }

  /** @param {import("./shortcuts.js").Wish} wish */
  grant(wish) {
    switch (wish) {
      case "jump": return this.switcher.show();
      case "search": return this.acts.search();
      case "keys": return this.settings.show(true);
      case "above": return this.#walk(-1, false);
      case "below": return this.#walk(1, false);
      case "unread above": return this.#walk(-1, true);
      case "unread below": return this.#walk(1, true);
    }
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
