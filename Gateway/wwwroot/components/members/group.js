// @ts-check
import { botSign } from "../../bot.js";
import { avatar, el, icon, nameOf } from "../../element.js";
import { KeyedList } from "../../keyed-list.js";
import { agoOf, momentOf } from "../../times.js";
import { words } from "../../words.js";

/** @typedef {import("./members.js").MemberList} MemberList */
/** @typedef {import("../../protocol.js").Member} Member */

/** Those who are here, or those who are not. */
export class Group {
  #heading = el("h3");
  #list = el("ul", { class: "member-list" });
  /** @type {KeyedList<Member>} */ #rows = new KeyedList(this.#list, member => member.user, member => this.#signature(member), member => el("li", {}, this.#row(member)));

  /** @param {string} title @param {MemberList} members */
  constructor(title, members) {
    this.title = title;
    this.members = members;
    this.root = el("section", {}, this.#heading, this.#list);
  }

  /** @param {Member[]} members */
  draw(members) {
    this.root.hidden = members.length === 0;
    this.#heading.textContent = `${this.title} — ${members.length}`;
    this.#rows.draw(members);
  }

  /** @param {Member} member */
  #signature(member) {
    return [this.members.nameOf(member), member.role, member.online, this.#ago(member), this.members.chat.people.blocked(member.user)];
  }

  /** @param {Member} member */
  #row(member) {
    const { chat, act } = this.members;
    const name = this.members.nameOf(member);
    const last = chat.people.lastActive(member.user) ?? member.lastActive;
    const about = [
      chat.room?.direct || member.role === "member" ? "" : words.members[member.role],
      member.user === chat.me?.id ? words.members.you : "",
      chat.people.blocked(member.user) ? words.members.blocked : "",
      this.#ago(member),
    ].filter(Boolean).join(" · ");
    return el("button", { type: "button", class: "member-row", "data-user": member.user, "aria-haspopup": "dialog", on: { click: () => act.profile(member.user) } },
      avatar(member.user, name, member.online ? "online" : ""),
      el("span", { class: "member-words" }, nameOf(name, "member-name"), botSign(member.user),
        el("small", { text: about, title: member.online ? null : words.members.lastHere(momentOf(last)) })),
      !chat.room?.direct && roleSign(member.role),
      el("span", { class: "spoken", text: `, ${member.online ? words.members.isHere : words.members.isAway}` }));
  }

  /** @param {Member} member */
  #ago(member) {
    return member.online ? "" : words.members.active(agoOf(this.members.chat.people.lastActive(member.user) ?? member.lastActive));
  }
}

/** @param {import("../../protocol.js").Role} role */
function roleSign(role) {
  if (role === "member") return null;
  const sign = icon(role === "owner" ? "crown" : "shield");
  sign.classList.add("role-sign");
  return sign;
}
