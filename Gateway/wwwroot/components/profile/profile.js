// @ts-check
import { botSign, isBot } from "../../bot.js";
import { ask, openDialog } from "../../dialog.js";
import { drafts } from "../../drafts.js";
import { avatar, el, icon, isolated, nameOf } from "../../element.js";
import { ChatError } from "../../protocol.js";
import { mayInvite } from "../../rights.js";
import { agoOf, momentOf } from "../../times.js";
import { explain, words } from "../../words.js";
import { moderation } from "./moderation.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */

/** Who somebody is, and what one can do with them: the card that their name opens everywhere. */
export class Profile {
  #body = el("div", { class: "profile-body" });
  #problem = el("p", { class: "problem", role: "alert" });
  /** @type {HTMLDialogElement | null} */ #dialog = null;
  #user = "";
  /** Whether the server knows them; undefined until it said so. @type {boolean | undefined} */ #known;
  #drawn = "";

  /** @param {Chat} chat @param {{ open: (room: string) => void, settings: () => void, write: () => void }} act */
  constructor(chat, act) {
    this.chat = chat;
    this.act = act;
  }

  /** @param {string} user */
  async show(user) {
    this.close();
    this.#user = user;
    this.#known = undefined;
    this.#drawn = "";
    this.#draw();
    const dialog = this.#dialog = openDialog(isolated(this.chat.people.name(user)), "profile", this.#body, this.#problem);
    dialog.addEventListener("close", () => this.#dialog === dialog && (this.#dialog = null));
    this.#problem.textContent = "";
    await this.#attempt(this.chat.people.find(user).then(found => {
      if (user === this.#user) this.#known = found !== undefined; // the card may be somebody else's by now
    }));
    this.update();
  }

  close() {
    this.#dialog?.close();
  }

  /** What is refused is said on the card: the page lies behind it. @param {Promise<any>} work @returns {Promise<boolean>} */
  async #attempt(work) {
    this.#problem.textContent = "";
    try {
      await work;
      return true;
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      this.#problem.textContent = explain(error);
      return false;
    }
  }

  /** What is shown may have changed: somebody came, went, or got a role. */
  update() {
    if (!this.#dialog) return;
    const heading = /** @type {HTMLElement} */ (this.#dialog.querySelector("h2"));
    heading.replaceChildren(nameOf(this.chat.people.name(this.#user)));
    this.#draw();
  }

  #draw() {
    const { chat } = this;
    const [user, room] = [this.#user, chat.room];
    const member = room?.members?.get(user);
    const signature = JSON.stringify([user, chat.people.name(user), this.#presence(), member?.role, room?.id, room?.role, chat.people.blocked(user), this.#known]);
    if (signature === this.#drawn) return; // whoever is about to press a button keeps it
    this.#drawn = signature;
    const me = user === chat.me?.id;
    const moderated = room && !room.direct ? moderation(chat, room, user, work => this.#attempt(work), () => this.close()) : null;
    const focused = this.#controls().indexOf(/** @type {HTMLElement} */ (document.activeElement));
    this.#body.replaceChildren(
      el("div", { class: "profile-who" },
        avatar(user, chat.people.name(user), this.#online ? "large online" : "large"),
        el("div", { class: "profile-words" },
          el("p", { class: "profile-id" }, el("bdi", { text: `@${user}` }), user.startsWith("guest-") && ` · ${words.profile.guest}`, isBot(user) && " ", botSign(user)),
          el("p", { title: this.#lastMoment(), text: this.#presence() }),
          room && !room.direct && (member || !room.moreMembers)
            && el("p", { text: member ? words.profile.isRole(words.members[member.role]) : words.profile.notMember }))),
      ...this.#known === false ? [el("p", { class: "hint", text: words.profile.unknown })]
        : me ? [el("p", { class: "hint", text: words.profile.you }), this.#myButtons()]
        : isBot(user) ? [el("p", { class: "hint", text: words.profile.isBot }), moderated ?? ""]
        : [this.#buttons(room), moderated ?? ""]);
    if (focused >= 0) this.#controls().at(Math.min(focused, this.#controls().length - 1))?.focus();
  }

  /** @returns {HTMLElement[]} */
  #controls() {
    return [...this.#body.querySelectorAll("button, select")].map(control => /** @type {HTMLElement} */ (control));
  }

  /** As the list of members has it, where it hears of everybody; of others, what the server said when it was asked. */
  get #online() {
    const { people, room } = this.chat;
    const member = room?.onlineCount === null ? room.members?.get(this.#user) : undefined;
    return member?.online ?? people.online(this.#user);
  }

  #presence() {
    const { people, me } = this.chat;
    if (this.#online || this.#user === me?.id) return words.profile.hereNow;
    const last = people.lastActive(this.#user);
    return last ? words.members.active(agoOf(last)) : "";
  }

  #lastMoment() {
    const last = this.chat.people.lastActive(this.#user);
    return last && words.members.lastHere(momentOf(last));
  }

  #myButtons() {
    return el("div", { class: "profile-buttons" }, button("sliders", words.profile.settings, () => {
      this.close();
      this.act.settings();
    }));
  }

  /** @param {Room | null} room */
  #buttons(room) {
    const { people } = this.chat;
    const blocked = people.blocked(this.#user);
    const here = room?.members?.has(this.#user) && !room.direct;
    return el("div", { class: "profile-buttons" },
      blocked && el("p", { class: "hint profile-blocked", text: words.profile.isBlocked }),
      !blocked && button("bubble", words.profile.message, () => this.#message(), "primary"),
      here && !blocked && button("at", words.profile.mention, () => this.#mention(/** @type {Room} */ (room))),
      room && !here && room.members && !room.moreMembers && mayInvite(room)
        && button("invite", words.profile.invite, () => this.#attempt(this.chat.membership.invite(room.id, this.#user))),
      blocked ? button("slash", words.profile.unblock, () => this.#attempt(this.chat.membership.unblock(this.#user)))
        : button("slash", words.profile.block, () => this.#block()));
  }

  #message() {
    return this.#attempt(this.chat.membership.direct(this.#user).then(room => {
      this.close();
      this.act.open(room);
    }));
  }

  /** @param {Room} room */
  #mention(room) {
    const draft = drafts.get(room.id);
    drafts.set(room.id, `${draft}${draft && !/\s$/u.test(draft) ? " " : ""}@${this.#user} `);
    this.close();
    this.act.write();
  }

  async #block() {
    const user = this.#user;
    const yes = await ask({ title: words.profile.blockTitle(isolated(this.chat.people.name(user))), text: words.profile.blockText, yes: words.profile.block, grave: true });
    if (yes) await this.#attempt(this.chat.membership.block(user));
  }
}

/** @param {Parameters<typeof icon>[0]} sign @param {string} text @param {() => void} act @param {string} [className] */
function button(sign, text, act, className) {
  return el("button", { type: "button", class: className, on: { click: act } }, icon(sign), text);
}
