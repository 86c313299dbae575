// @ts-check
import { el, icon, iconButton, nameOf } from "../../element.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../protocol.js").ListedRoom} ListedRoom */

/** Finding public rooms, and making new ones. */
export class Browse {
  #dialog = el("dialog", { class: "browse", "aria-label": "Find or create a room" });
  #list = el("ul", { class: "browse-list" });
  #query = el("input", { type: "search", placeholder: "Find a room", "aria-label": "Find a room", maxlength: "200", dir: "auto" });
  #more = el("button", { type: "button", class: "link", text: "Show more" });
  #asked = 0;
  /** @type {ListedRoom[]} */ #rooms = [];

  /** @param {Chat} chat @param {(room: string) => void} open */
  constructor(chat, open) {
    this.chat = chat;
    this.open = open;
    this.#query.addEventListener("input", () => this.#load());
    this.#more.addEventListener("click", () => this.#load(this.#rooms.at(-1)?.room));
  }

  show() {
    this.#query.value = "";
    this.#dialog.replaceChildren(
      el("header", { class: "dialog-head" }, el("h2", { text: "Rooms" }), iconButton("close", "Close", () => this.close())),
      this.#query, this.#list, this.#more, this.#creation());
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#query.focus();
    this.#load();
  }

  close() {
    this.#dialog.close();
    this.#dialog.remove();
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
      this.#list.replaceChildren(el("li", { class: "hint", text: /** @type {Error} */ (error).message }));
    }
  }

  #draw() {
    this.#list.replaceChildren(...this.#rooms.map(room => el("li", { class: "browse-row" },
      el("div", { class: "browse-words" },
        el("p", { class: "browse-title" }, this.chat.rooms.get(room.room)?.visibility === "private" && icon("lock"), nameOf(room.name, "browse-name")),
        el("p", { class: "browse-topic", dir: "auto", text: room.topic }),
        el("small", { text: room.members === 1 ? "1 member" : `${room.members} members` })),
      el("button", {
        type: "button", text: this.chat.rooms.has(room.room) ? "Open" : "Join",
        "aria-label": `${this.chat.rooms.has(room.room) ? "Open" : "Join"} ${room.name}`,
        on: { click: () => this.#leaveTo(room.room) },
      }))));
    if (this.#rooms.length === 0) {
      this.#list.append(el("li", { class: "hint", text: "No room by that name. Create it below." }));
    }
  }

  /** @param {string} room */
  #leaveTo(room) {
    this.close();
    this.open(room);
  }

  #creation() {
    const problem = el("p", { class: "problem", role: "alert" });
    return el("details", { class: "creation" }, el("summary", { text: "Create a room" }),
      el("form", { on: { submit: (/** @type {Event} */ event) => this.#create(event, problem) } },
        el("label", { class: "field" }, el("span", { text: "Name" }), el("input", { name: "name", required: true, maxlength: "100", dir: "auto" })),
        el("label", { class: "field" }, el("span", { text: "What is it about?" }), el("input", { name: "topic", maxlength: "500", dir: "auto" })),
        el("label", { class: "choice" }, el("input", { type: "checkbox", name: "private" }),
          el("span", {}, "Private", el("small", { text: "Only people who are invited see it." }))),
        problem,
        el("div", { class: "dialog-buttons" }, el("button", { class: "primary", text: "Create" }))));
  }

  /** @param {Event} event @param {HTMLElement} problem */
  async #create(event, problem) {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const name = String(data.get("name")).trim();
    const id = idOf(name);
    try {
      await this.chat.membership.create(id, name, String(data.get("topic")).trim(), data.get("private") ? "private" : "public");
      this.#leaveTo(id);
    } catch (error) {
      problem.textContent = /** @type {any} */ (error).code === "conflict" ? "There is, or was, a room by that name." : /** @type {Error} */ (error).message;
    }
  }
}

/** A room's id from its name: what an id may have of it; a name in another script gets a random one. @param {string} name */
function idOf(name) {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 64);
  return plain || `room-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}
