// @ts-check
import { openDialog } from "../../dialog.js";
import { el, icon, isolated, nameOf, worded } from "../../element.js";
import { ChatError } from "../../protocol.js";
import { explain, words } from "../../words.js";
import { createRoom } from "./creation.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../protocol.js").ListedRoom} ListedRoom */

const SOON = 150; // ms after a key press, so that a quick word is asked for once

/** Finding public rooms, and the way to new ones. */
export class Browse {
  #list = el("ul", { tabindex: "-1" });
  #query = el("input", { type: "text", inputmode: "search", placeholder: words.rooms.query, "aria-label": words.rooms.query, maxlength: "200", dir: "auto", autocomplete: "off" });
  #sort = el("select", { "aria-label": words.rooms.sort },
    el("option", { value: "members", text: words.rooms.byMembers }), el("option", { value: "name", text: words.rooms.byName }));
  #more = el("button", { type: "button", class: "link", text: words.common.more, hidden: true });
  /** @type {HTMLDialogElement | undefined} */ #dialog;
  #asked = 0;
  /** @type {ListedRoom[]} */ #rooms = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #soon;

  /** @param {Chat} chat @param {(room: string) => void} open */
  constructor(chat, open) {
    this.chat = chat;
    this.open = open;
    this.#query.addEventListener("input", () => {
      clearTimeout(this.#soon);
      this.#soon = setTimeout(() => this.#load(), SOON);
    });
    this.#sort.addEventListener("change", () => this.#draw());
    // In the order of the addresses, by which the server gives them.
    this.#more.addEventListener("click", () => this.#load(this.#rooms.map(room => room.room).sort(byCodeUnit).at(-1)));
  }

  show() {
    this.#query.value = "";
    this.#list.replaceChildren();
    this.#dialog = openDialog(words.rooms.browse, "browse",
      el("div", { class: "browse-tools" }, this.#query, this.#sort),
      el("div", { class: "browse-scroller" }, this.#list, this.#more),
      el("div", { class: "dialog-buttons browse-foot" },
        el("button", { type: "button", on: { click: () => this.#create() } }, icon("plus"), words.rooms.create)));
    this.#query.focus();
    this.#load();
  }

  close() {
    this.#dialog?.close();
  }

  /** @param {string} [after] */
  async #load(after) {
    const turn = ++this.#asked;
    try {
      const { rooms, more } = await this.chat.membership.browse(this.#query.value.trim(), after);
      if (turn !== this.#asked) return; // somebody typed on
      this.#rooms = after ? [...this.#rooms, ...rooms] : rooms;
      this.#more.hidden = !more;
      this.#draw();
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (turn !== this.#asked) return;
      this.#list.replaceChildren(el("li", { class: "hint", role: "alert", text: explain(error) }));
    }
  }

  #draw() {
    const byName = /** @type {(a: ListedRoom, b: ListedRoom) => number} */ ((a, b) => a.name.localeCompare(b.name));
    const sorted = this.#rooms.toSorted((a, b) => (this.#sort.value === "members" && b.members - a.members) || byName(a, b));
    this.#list.replaceChildren(...sorted.map(room => this.#row(room)));
    if (sorted.length > 0) return;
    const query = this.#query.value.trim();
    this.#list.append(el("li", { class: "hint", role: "status" }, ...worded(query ? words.rooms.notFound(isolated(query)) : words.rooms.nothing)));
  }

  /** @param {ListedRoom} room */
  #row({ room, name, topic, members }) {
    const mine = this.chat.rooms.get(room);
    const act = mine ? words.rooms.open : words.rooms.join;
    return el("li", { class: "browse-row" },
      el("div", { class: "browse-words" },
        el("p", { class: "browse-title" }, mine?.visibility === "private" && icon("lock"), nameOf(name, "browse-name")),
        topic && el("p", { class: "browse-topic", dir: "auto", text: topic }),
        el("small", {}, words.rooms.members(members), mine && " · ", mine && el("b", { class: "browse-joined", text: words.rooms.joined }))),
      el("button", { type: "button", text: act, "aria-label": `${act}: ${name}`, on: { click: () => this.#leaveTo(room) } }));
  }

  /** @param {string} room */
  #leaveTo(room) {
    this.close();
    this.open(room);
  }

  #create() {
    const wanted = this.#query.value.trim();
    this.close();
    createRoom(this.chat, this.#rooms.length === 0 ? wanted : "", this.open);
  }
}

/** @param {string} a @param {string} b */
const byCodeUnit = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
