// @ts-check
import { el, iconButton, isolated, worded } from "../../element.js";
import { fold } from "../../fold.js";
import { words } from "../../words.js";
import { Group } from "./group.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../protocol.js").Member} Member */

const MANY = 20; // members from which on one looks for a name rather than reads them all
const MINUTE = 60_000; // after which "5 min ago" is another one

/** Who is in the open room, who of them is here now, and who may do what. */
export class MemberList {
  #title = el("h2");
  #count = el("span", { class: "members-count" });
  #invite = iconButton("invite", words.members.invite, () => this.act.invite());
  #filter = el("input", { type: "search", class: "members-filter", placeholder: words.members.filter, "aria-label": words.members.filter, autocomplete: "off", dir: "auto" });
  #note = el("p", { class: "hint", role: "status" });
  #here = new Group(words.members.here, this);
  #away = new Group(words.members.away, this);
  #more = el("button", { type: "button", class: "link members-more", text: words.common.more });
  /** What the note says. */ #noted = "";
  #room = "";

  /**
   * @param {HTMLElement} root @param {Chat} chat
   * @param {{ profile: (user: string) => void, invite: () => void, close: () => void }} act
   */
  constructor(root, chat, act) {
    this.root = root;
    this.chat = chat;
    this.act = act;
    root.setAttribute("aria-label", words.members.label);
    this.#title.append(words.members.title, " ", this.#count);
    root.replaceChildren(
      el("header", { class: "members-head" }, this.#title, this.#invite,
        iconButton("close", words.members.close, act.close, { class: "icon-button members-close" })),
      this.#filter,
      el("div", { class: "members-body" }, this.#note, this.#here.root, this.#away.root, this.#more));
    this.#filter.addEventListener("input", () => this.#draw());
    this.#more.addEventListener("click", () => chat.room && chat.attempt(chat.membership.load(chat.room, true)));
    const clock = setInterval(() => this.#draw(), MINUTE);
    chat.ended.addEventListener("abort", () => clearInterval(clock));
  }

  /** @param {Set<import("../../chat.js").Topic>} topics */
  update(topics) {
    if (topics.has("members")) this.#draw();
  }

  #draw() {
    const { room } = this.chat;
    this.root.hidden = !room;
    if (!room) return;
    if (room.id !== this.#room) this.#filter.value = "";
    this.#room = room.id;
    const all = [...room.members?.values() ?? []];
    const more = room.moreMembers !== null;
    const asked = this.#filter.value.trim();
    const query = fold(asked);
    const shown = all.filter(member => !query || fold(this.nameOf(member)).includes(query) || member.user.includes(query))
      .sort((a, b) => this.nameOf(a).localeCompare(this.nameOf(b)));
    this.#count.textContent = all.length ? words.members.count(all.length, more) : "";
    this.#invite.hidden = room.direct;
    this.#filter.hidden = all.length <= MANY && !more;
    this.#say(!room.members ? words.members.loading
      : query && shown.length === 0 ? words.members.notFound(isolated(asked))
      : room.onlineCount !== null ? words.members.hereOfMany(room.onlineCount) : "");
    const focused = /** @type {HTMLElement | null} */ (this.root.querySelector(".member-row:focus"))?.dataset.user;
    this.#here.draw(shown.filter(member => member.online));
    this.#away.draw(shown.filter(member => !member.online));
    this.#more.hidden = !more;
    if (focused) this.#focus(focused);
  }

  /** Said aloud, and so only when it is another one. @param {string} note */
  #say(note) {
    this.#note.hidden = note === "";
    if (note !== this.#noted) this.#note.replaceChildren(...worded(note));
    this.#noted = note;
  }

  /** Whoever comes or goes is in another group now, and keeps the focus. @param {string} user */
  #focus(user) {
    const row = /** @type {HTMLElement | null} */ (this.root.querySelector(`.member-row[data-user="${CSS.escape(user)}"]`));
    row?.focus({ preventScroll: true });
  }

  /** @param {Member} member */
  nameOf(member) {
    return member.name || this.chat.people.name(member.user);
  }
}
