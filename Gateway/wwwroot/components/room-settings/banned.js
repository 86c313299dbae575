// @ts-check
import { focusNext } from "../../dialog.js";
import { avatar, el, nameOf } from "../../element.js";
import { ChatError } from "../../protocol.js";
import { explain, words } from "../../words.js";

/** Who was banned, and the way back. */
export class BannedPeople {
  #list = el("ul", { class: "people-list" });
  #problem = el("p", { class: "problem", role: "alert" });
  root = el("section", { hidden: true }, el("h3", { text: words.roomSettings.banned, tabindex: "-1" }), this.#list, this.#problem);
  /** @type {{ user: string, name: string }[]} */ #banned = [];

  /** @param {import("../../chat.js").Chat} chat @param {import("../../room.js").Room} room */
  constructor(chat, room) {
    this.chat = chat;
    this.room = room;
  }

  /** @param {{ user: string, name: string }[]} banned */
  draw(banned) {
    this.#banned = banned;
    this.root.hidden = banned.length === 0;
    this.#list.replaceChildren(...banned.map(({ user, name }) => el("li", { class: "people-row" },
      avatar(user, name || user, "small"), nameOf(name || user, "people-name"),
      el("button", {
        type: "button", text: words.roomSettings.unban, "aria-label": words.roomSettings.unbanOf(name || user),
        on: { click: () => this.#unban(user) },
      }))));
  }

  /** @param {string} user */
  async #unban(user) {
    this.#problem.textContent = "";
    try {
      await this.chat.membership.unban(this.room.id, user);
      this.draw(this.#banned.filter(other => other.user !== user));
      focusNext(this.#list);
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      this.#problem.textContent = explain(error);
    }
  }
}
