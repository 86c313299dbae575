// @ts-check
import { el, iconButton, nameOf } from "../../element.js";
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
  #members = iconButton("people", "Show or hide members", () => this.act.members(), { "data-toggles": "members" });
  #banner = el("div", { class: "banner", role: "status" });
  #typing = el("p", { class: "typing", "aria-live": "off" });
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #bannerSoon;

  /**
   * @param {HTMLElement} root @param {Chat} chat
   * @param {{ back: () => void, members: () => void, search: () => void, settings: () => void }} act
   */
  constructor(root, chat, act) {
    this.chat = chat;
    this.act = act;
    this.composer = new Composer(chat);
    this.log = new MessageLog(chat, message => this.composer.edit(message));
    this.composer.onUp = () => this.log.editLast();
    this.composer.onPost = () => this.log.toBottom(); // one sees what one says
    root.replaceChildren(
      el("header", { class: "room-head" },
        iconButton("back", "Back to the rooms", act.back, { class: "icon-button room-back" }),
        el("div", { class: "room-title" }, this.#name, this.#topic),
        this.#search, this.#settings, this.#members),
      this.#banner, this.log.root, this.#typing, this.composer.root);
  }

  /** @param {Set<import("../../chat.js").Topic>} topics */
  update(topics) {
    const { room } = this.chat;
    if (topics.has("line")) this.#drawBanner();
    if (topics.has("rooms") || topics.has("messages")) {
      const title = room ? (room.direct ? this.chat.people.name(room.peer) : room.name) : "";
      this.#name.replaceChildren(nameOf(title));
      this.#topic.textContent = room?.direct ? "Just the two of you" : room?.topic ?? "";
      this.#search.hidden = !room;
      this.#settings.hidden = !room || room.direct;
      this.#members.hidden = !room;
      this.log.update();
      this.composer.update();
    }
    if (topics.has("typing")) this.#drawTyping();
  }

  /** A short break need not worry anybody: only a longer one is shown. */
  #drawBanner() {
    const { line, notice } = this.chat;
    clearTimeout(this.#bannerSoon);
    if (line !== "live" && !this.#banner.textContent) this.#bannerSoon = setTimeout(() => this.#say("Reconnecting… What you write is kept and sent.", true), 1_000);
    else if (line !== "live") this.#say("Reconnecting… What you write is kept and sent.", true);
    else this.#say(notice ?? "", false);
  }

  /** @param {string} words @param {boolean} waiting */
  #say(words, waiting) {
    this.#banner.className = waiting ? "banner waiting" : "banner";
    this.#banner.replaceChildren(...(words ? [el("span", { text: words })] : []));
  }

  #drawTyping() {
    const now = Date.now();
    const users = [...this.chat.room?.typing ?? []].filter(([, until]) => until > now).map(([user]) => user);
    const names = users.slice(0, 2).map(user => nameOf(this.chat.people.name(user)));
    const dots = el("span", { class: "typing-dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
    this.#typing.replaceChildren(...(names.length === 0 ? []
      : users.length > 2 ? [dots, "Several people are typing…"]
      : names.length === 2 ? [dots, names[0], " and ", names[1], " are typing…"]
      : [dots, names[0], " is typing…"]));
  }
}
