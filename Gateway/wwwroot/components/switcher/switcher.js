// @ts-check
import { avatar, el, icon, nameOf } from "../../element.js";
import { openDialog } from "../../dialog.js";
import { ChatError } from "../../protocol.js";
import { words } from "../../words.js";
import { places, publicPlaces } from "./places.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("./places.js").Place} Place */

const SOON = 150; // ms after a key press, before the server is asked

/** One field that leads to every room and person: type a few letters, choose with the arrows, Enter. */
export class Switcher {
  #list = el("ul", { class: "switcher-list", id: "switcher-list", role: "listbox", "aria-label": words.switcher.title });
  // No search field: there, Escape would empty it before it closes anything.
  #query = el("input", {
    type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "switcher-list", "aria-autocomplete": "list", "aria-label": words.switcher.title,
    placeholder: words.switcher.placeholder, autocomplete: "off", autocapitalize: "none", spellcheck: "false", maxlength: "100", dir: "auto", enterkeyhint: "go",
  });
  #count = el("p", { class: "spoken", role: "status" });
  /** @type {HTMLDialogElement | null} */ #dialog = null;
  /** @type {Place[]} */ #places = [];
  /** What the server found. @type {Place[]} */ #found = [];
  #chosen = 0;
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #soon;

  /** @param {Chat} chat @param {(room: string) => void} open */
  constructor(chat, open) {
    this.chat = chat;
    this.open = open;
    this.#query.addEventListener("input", () => this.#typed());
    this.#query.addEventListener("keydown", event => this.#key(event));
  }

  show() {
    if (this.#dialog) return;
    this.#query.value = "";
    const dialog = this.#dialog = openDialog(words.switcher.title, "switcher", this.#query, this.#list, this.#count,
      el("p", { class: "switcher-keys", "aria-hidden": "true", text: words.switcher.keys }));
    dialog.addEventListener("close", () => (this.#dialog = null));
    this.#query.focus();
    this.#typed();
  }

  close() {
    this.#dialog?.close();
  }

  #typed() {
    clearTimeout(this.#soon);
    const query = this.#query.value.trim();
    const turn = ++this.#asked;
    this.#chosen = 0;
    this.#found = [];
    this.#draw();
    if (query) this.#soon = setTimeout(() => this.#ask(query, turn), SOON);
  }

  /** @param {string} query @param {number} turn */
  async #ask(query, turn) {
    try {
      const found = await publicPlaces(this.chat, query);
      if (turn !== this.#asked) return; // somebody typed on
      const chosen = this.#places[this.#chosen]?.key;
      this.#found = found;
      this.#draw(chosen);
    } catch (error) {
      if (!(error instanceof ChatError)) throw error; // then there is what this page knows
    }
  }

  /** @param {string} [chosen] what stays chosen, wherever it now is */
  #draw(chosen) {
    const query = this.#query.value.trim();
    const known = places(this.chat, query);
    this.#places = [...known, ...this.#found.filter(place => !known.some(other => other.key === place.key))];
    if (chosen) this.#chosen = Math.max(0, this.#places.findIndex(place => place.key === chosen));
    let group = "";
    this.#list.replaceChildren(...this.#places.flatMap((place, i) => {
      const heading = place.group === group ? [] : [el("li", { class: "switcher-group", role: "presentation", text: place.group })];
      group = place.group;
      return [...heading, this.#option(place, i)];
    }));
    const none = this.#query.value.trim() ? words.switcher.nothing : words.switcher.begin;
    if (this.#places.length === 0) this.#list.append(el("li", { class: "hint", role: "presentation", text: none }));
    this.#count.textContent = this.#places.length ? words.switcher.found(this.#places.length) : none;
    this.#choose(this.#chosen);
  }

  /** @param {Place} place @param {number} i */
  #option(place, i) {
    const { people } = this.chat;
    const sign = place.user ? avatar(place.user, place.name, people.online(place.user) ? "small online" : "small")
      : el("span", { class: "room-sign", "aria-hidden": "true" }, place.locked ? icon("lock") : "#");
    return el("li", {
      class: "switcher-option", id: `switcher-${i}`, role: "option", "aria-selected": "false",
      on: { click: () => this.#go(place), pointermove: () => this.#chosen !== i && this.#choose(i) },
    }, sign, nameOf(place.name, "switcher-name"), el("small", { text: place.about }));
  }

  /** @param {number} i */
  #choose(i) {
    this.#list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
    this.#chosen = i;
    const option = this.#list.querySelector(`#switcher-${i}`);
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#query.setAttribute("aria-activedescendant", option.id);
    else this.#query.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return; // Enter chooses a word then
    const count = this.#places.length;
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[event.key];
    if (step && count) {
      event.preventDefault();
      this.#choose((this.#chosen + step + count) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const place = this.#places[this.#chosen];
      if (place) this.#go(place);
    }
  }

  /** @param {Place} place */
  #go({ room, user }) {
    this.close();
    if (room) this.open(room);
    else if (user) this.chat.attempt(this.chat.membership.direct(user).then(this.open));
  }
}
