// @ts-check
import { avatar, el, iconButton, nameOf } from "../../element.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../protocol.js").Member} Member */

const ROLES = { owner: "Owner", moderator: "Moderator", member: "" };

/** Who is in the open room, and who of them is here now. */
export class MemberList {
  #title = el("h2");
  #list = el("div", { class: "members-body" });

  /**
   * @param {HTMLElement} root @param {Chat} chat
   * @param {{ open: (room: string) => void, close: () => void }} act
   */
  constructor(root, chat, act) {
    this.root = root;
    this.chat = chat;
    this.act = act;
    root.replaceChildren(
      el("header", { class: "members-head" }, this.#title, iconButton("close", "Close the list of members", act.close, { class: "icon-button members-close" })),
      this.#list);
  }

  /** @param {Set<import("../../chat.js").Topic>} topics */
  update(topics) {
    if (!topics.has("members")) return;
    const { room } = this.chat;
    this.root.hidden = !room;
    const members = [...room?.members?.values() ?? []].sort((a, b) => this.#nameOf(a).localeCompare(this.#nameOf(b)));
    this.#title.textContent = members.length ? `Members · ${members.length}${room?.moreMembers ? "+" : ""}` : "Members";
    const online = members.filter(member => member.online);
    const away = members.filter(member => !member.online);
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.user;
    this.#list.replaceChildren(...this.#group("Here now", online), ...this.#group("Away", away));
    if (room?.moreMembers) {
      this.#list.append(el("button", { type: "button", class: "link", text: "Show more", on: { click: () => this.chat.attempt(this.chat.membership.load(room, true)) } }));
    }
    if (focused) /** @type {HTMLElement | null} */ (this.#list.querySelector(`[data-user="${CSS.escape(focused)}"]`))?.focus();
  }

  /** @param {string} title @param {Member[]} members */
  #group(title, members) {
    if (members.length === 0) return [];
    return [el("h3", { text: `${title} — ${members.length}` }), el("ul", { class: "member-list" }, ...members.map(member => el("li", {}, this.#row(member))))];
  }

  /** @param {Member} member */
  #row(member) {
    const name = this.#nameOf(member);
    const me = member.user === this.chat.me?.id;
    const content = [
      avatar(member.user, name, member.online ? "online" : ""),
      el("span", { class: "member-words" }, nameOf(name, "member-name"),
        el("small", { text: [this.chat.room?.direct ? "" : ROLES[member.role], me ? "You" : ""].filter(Boolean).join(" · ") })),
      el("span", { class: "spoken", text: member.online ? ", here now" : ", away" }),
    ];
    if (me || this.chat.room?.direct) return el("div", { class: "member-row" }, ...content);
    return el("button", {
      type: "button", class: "member-row", "data-user": member.user, title: `Message ${name}`,
      on: { click: () => this.chat.attempt(this.chat.membership.direct(member.user).then(this.act.open)) },
    }, ...content);
  }

  /** @param {Member} member */
  #nameOf(member) {
    return member.name || this.chat.people.name(member.user);
  }
}
