// @ts-check
import { el, iconButton, isolated, nameOf, worded } from "../../element.js";
import { words } from "../../words.js";
import { Composer } from "../composer/composer.js";
import { MessageLog } from "./log.js";

/** @typedef {import("../../chat.js").Chat} Chat */

/** The open room: what it is called, what was said, who is typing, and where to answer. */
export class Conversation {
  #name = el("h1");
  #topic = el("p", { class: "topic", dir: "auto" });
  #search = iconButton("search", words.rooms.search, () => this.act.search());
  #settings = iconButton("sliders", words.roomSettings.open, () => this.act.settings());
  #members = iconButton("people", words.room.members, () => this.act.members(), { "data-toggles": "members" });
  #typing = el("p", { class: "typing", "aria-live": "off" });

  /**
   * @param {HTMLElement} root @param {Chat} chat
   * @param {{ back: () => void, members: () => void, search: () => void, settings: () => void }} act
   */
  constructor(root, chat, act) {
    this.chat = chat;
    this.act = act;
    this.composer = new Composer(chat);
    this.log = new MessageLog(chat, this.composer);
    this.composer.onUp = () => this.log.editLast();
    this.composer.onPost = () => this.log.toLatest(); // one sees what one says
    root.setAttribute("aria-label", words.room.label);
    root.replaceChildren(
      el("header", { class: "room-head" },
        iconButton("back", words.room.back, act.back, { class: "icon-button room-back" }),
        el("div", { class: "room-title" }, this.#name, this.#topic),
        this.#search, this.#settings, this.#members),
      this.log.root, this.#typing, this.composer.root);
  }

  /** @param {Set<import("../../chat.js").Topic>} topics */
  update(topics) {
    const { room } = this.chat;
    if (topics.has("rooms") || topics.has("messages") || topics.has("line")) {
      const title = room ? (room.direct ? this.chat.people.name(room.peer) : room.name) : "";
      if (this.#name.textContent !== title) this.#name.replaceChildren(nameOf(title));
      this.#topic.textContent = room?.direct ? words.room.direct : room?.topic ?? "";
      this.#search.hidden = !room;
      this.#settings.hidden = !room || room.direct;
      this.#members.hidden = !room;
      this.log.update();
      this.composer.update();
    }
    if (topics.has("typing")) this.#drawTyping();
  }

  #drawTyping() {
    const now = Date.now();
    const users = [...this.chat.room?.typing ?? []].filter(([, until]) => until > now).map(([user]) => user);
    if (users.length === 0 && !this.#typing.hasChildNodes()) return; // as at most messages
    const dots = el("span", { class: "typing-dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.#typing.replaceChildren(...users.length ? [dots, ...worded(words.room.typing(users.map(user => isolated(this.chat.people.name(user)))))] : []);
  }
}
