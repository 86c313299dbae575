// @ts-check
import { el, icon, iconButton } from "../../element.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../protocol.js").Message} Message */

/** Where one writes. Every room keeps its own unfinished text. */
export class Composer {
  #text = el("textarea", { rows: "1", "aria-label": "Message", dir: "auto", enterkeyhint: "send", autocomplete: "off" });
  #send = el("button", { class: "send", "aria-label": "Send", title: "Send" }, icon("send"));
  #left = el("span", { class: "left", role: "status" });
  #editing = el("div", { class: "editing", hidden: true }, el("span", { text: "Editing your message" }),
    iconButton("close", "Stop editing", () => this.#stopEditing()));
  /** Unfinished texts by room. @type {Map<string, string>} */ #drafts = new Map();
  /** @type {Room | null} */ #room = null;
  /** The message that is being edited. @type {Message | null} */ #target = null;
  /** Called on arrow up in an empty field. @type {() => void} */ onUp = () => {};
  /** Called before something is said. @type {() => void} */ onPost = () => {};

  /** @param {Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.root = el("form", { class: "composer", on: { submit: (/** @type {Event} */ event) => this.#submit(event) } },
      this.#editing, el("div", { class: "composer-field" }, this.#text, this.#left, this.#send));
    this.#text.addEventListener("keydown", event => this.#key(event));
    this.#text.addEventListener("input", () => this.#typed());
  }

  update() {
    const { room } = this.chat;
    this.root.hidden = !room;
    if (!room) return void (this.#room = null);
    const title = room.direct ? this.chat.people.name(room.peer) : room.name;
    this.#text.placeholder = `Message ${title}`;
    if (room === this.#room) return;
    this.chat.talk.typedOut();
    this.#target = null;
    this.#editing.hidden = true;
    this.#room = room;
    this.#text.value = this.#drafts.get(room.id) ?? "";
    this.#fit();
    // On a touch screen the keyboard would cover the room before one has seen it.
    if (!matchMedia("(pointer: coarse)").matches) this.#text.focus();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return; // Enter chooses a word then
    if (event.key === "Enter" && !event.shiftKey) this.#submit(event);
    else if (event.key === "Escape" && this.#target) this.#stopEditing();
    else if (event.key === "ArrowUp" && !this.#text.value && !this.#target) {
      event.preventDefault();
      this.onUp();
    }
  }

  #typed() {
    this.#fit();
    if (!this.#room || this.#target) return;
    this.#drafts.set(this.#room.id, this.#text.value);
    if (this.#text.value.trim()) this.chat.talk.typing(this.#room);
    else this.chat.talk.typedOut();
  }

  /** As high as the text, up to what the style allows; and how much room is left, where that is little. */
  #fit() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight}px`;
    const left = this.chat.textLimit - [...this.#text.value.trim()].length;
    this.#left.textContent = left < 200 ? String(left) : "";
    this.#left.classList.toggle("over", left < 0);
    this.#send.disabled = left < 0 || !this.#text.value.trim();
  }

  /** @param {Event} event */
  async #submit(event) {
    event.preventDefault();
    const text = this.#text.value.trim();
    const room = this.#room;
    if (!room || this.#send.disabled) return;
    if (this.#target) {
      const target = this.#target;
      this.#stopEditing();
      const done = text === target.text || await this.chat.attempt(this.chat.talk.edit(room, target.seq, text));
      if (!done && room === this.#room && !this.#text.value) this.edit(target, text); // to be tried again, unless one wrote on
      return;
    }
    this.#text.value = "";
    this.#drafts.delete(room.id);
    this.#fit();
    this.onPost();
    this.chat.talk.post(room, text);
  }

  /** @param {Message} message @param {string} [text] what became of it already */
  edit(message, text = message.text ?? "") {
    this.#target = message;
    this.#editing.hidden = false;
    this.#text.value = text;
    this.#fit();
    this.#text.focus();
  }

  #stopEditing() {
    this.#target = null;
    this.#editing.hidden = true;
    this.#text.value = this.#drafts.get(this.#room?.id ?? "") ?? "";
    this.#fit();
    this.#text.focus();
  }
}
