// @ts-check
import { isBot } from "../../bot.js";
import { avatar, el, nameOf } from "../../element.js";
import { KeyedList } from "../../keyed-list.js";
import { words } from "../../words.js";
import { rolePicker } from "../profile/role.js";

/** @typedef {import("../../protocol.js").Member} Member */

const RANK = { owner: 0, moderator: 1, member: 2 };

/** Who is what, as far as the members are loaded: those who keep the room first. */
export class Roles {
  #list = el("ul", { class: "people-list" });
  #more = el("button", { type: "button", class: "link", text: words.common.more, on: { click: () => this.chat.attempt(this.chat.membership.load(this.room, true)) } });
  root = el("section", {}, el("h3", { text: words.roomSettings.members }), this.#list, this.#more);
  /** @type {KeyedList<Member>} */ #rows = new KeyedList(this.#list, member => member.user, member => [member.role, this.#name(member)], member => this.#row(member));
  /** Where everybody stood when it was opened, so that nobody jumps away under the hand that gave them a role. @type {Map<string, number>} */ #places = new Map();

  /** @param {import("../../chat.js").Chat} chat @param {import("../../room.js").Room} room */
  constructor(chat, room) {
    this.chat = chat;
    this.room = room;
    this.update();
  }

  update() {
    const members = [...this.room.members?.values() ?? []].filter(({ user }) => !isBot(user)).sort((a, b) => this.#place(a) - this.#place(b)
      || RANK[a.role] - RANK[b.role] || this.#name(a).localeCompare(this.#name(b)));
    members.forEach((member, i) => this.#places.set(member.user, i));
    this.#rows.draw(members);
    this.#more.hidden = this.room.moreMembers === null;
  }

  /** @param {Member} member */
  #place(member) {
    return this.#places.get(member.user) ?? Infinity;
  }

  /** @param {Member} member */
  #row(member) {
    const name = this.#name(member);
    return el("li", { class: "people-row" }, avatar(member.user, name, "small"), nameOf(name, "people-name"),
      rolePicker(this.chat, this.room, member, { "aria-label": words.roomSettings.roleOf(name) }));
  }

  /** @param {Member} member */
  #name(member) {
    return member.name || this.chat.people.name(member.user);
  }
}
