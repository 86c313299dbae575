// @ts-check
import { addressOf } from "../../address.js";
import { avatar, el, nameOf } from "../../element.js";
import { mentionsIn, plain } from "../../text/plain.js";
import { render } from "../../text/render.js";
import { momentOf, shortTimeOf, timeOf } from "../../times.js";
import { words } from "../../words.js";
import { Actions } from "./actions.js";
import { pendingState } from "./pending.js";
import { reactions } from "./reactions.js";
import { readersOf } from "./readers.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../room.js").Pending} Pending */
/** @typedef {import("../../protocol.js").Message} Message */
/** @typedef {{ edit: (message: Message) => void, reply: (message: Message) => void, focus: () => void }} Desk where messages are written: the composer */

/** How one message looks. What can be done with it is in `actions.js`. */
export class MessageRow {
  /** @param {Chat} chat @param {Desk} desk */
  constructor(chat, desk) {
    this.chat = chat;
    this.actions = new Actions(chat, desk);
    this.nameOf = (/** @type {string} */ user) => chat.people.called(user);
  }

  /** Messages of blocked people that were asked to be seen all the same, by room and number. @type {Set<string>} */ #unfolded = new Set();

  /** What a row depends on: it is drawn anew when this changes. @param {Room} room @param {Message} message @param {boolean} first */
  signature(room, message, first) {
    const { seq, text, deleted, edited, reactions: reacted, by, reply } = message;
    const { people, talk } = this.chat;
    const original = reply ? talk.originals.of(room, reply) : undefined;
    return JSON.stringify([
      first, text, deleted, edited, room.role, people.name(by), talk.deletions.state(room, seq),
      reacted && Object.entries(reacted).map(([emoji, who]) => [emoji, who.map(user => people.name(user))]),
      text?.includes("@") && mentionsIn(text).map(this.nameOf),
      original && [people.name(original.by), talk.deletions.state(room, original.seq)], original,
      readersOf(room, seq).map(user => people.name(user)), this.#isFolded(room, message),
    ]);
  }

  /** @param {Room} room @param {Message} message @param {boolean} first whether it begins a group */
  make(room, message, first) {
    const { row, body } = this.#frame(message.by, message.at, first, "");
    row.dataset.seq = String(message.seq);
    const state = this.chat.talk.deletions.state(room, message.seq);
    if (state === "undoable") body.append(this.#undoable(room, message));
    else if (state === "sent" || message.deleted) body.append(el("p", { class: "text deleted", text: words.message.deleted }));
    else if (this.#isFolded(room, message)) body.append(this.#folded(room, message));
    else this.#fill(row, body, room, message);
    const readers = readersOf(room, message.seq).map(user => this.chat.people.name(user));
    if (readers.length) body.append(el("p", { class: "readers", dir: "auto", text: room.direct ? words.message.read : words.message.readBy(readers) }));
    return row;
  }

  /** @param {HTMLElement} row @param {HTMLElement} body @param {Room} room @param {Message} message */
  #fill(row, body, room, message) {
    const text = message.text ?? "";
    if (message.reply) body.append(this.#quote(room, message.reply));
    const content = this.#text(room, text);
    if (message.edited) {
      const end = content.lastElementChild;
      (end?.tagName === "P" ? end : content).append(" ", el("small", { class: "edited", text: words.message.edited }));
    }
    body.append(content);
    if (message.reactions) body.append(reactions(this.chat, room, message));
    row.setAttribute("aria-label", words.message.label(this.chat.people.name(message.by), timeOf(message.at), plain(text, this.nameOf)));
    this.actions.equip(row, room, message);
  }

  /** @param {Room} room @param {string} text */
  #text(room, text) {
    return render(text, { me: room.me, nameOf: this.nameOf });
  }

  /** What somebody answered: who said it, and how it begins. It leads there. @param {Room} room @param {number} seq */
  #quote(room, seq) {
    const { talk, people } = this.chat;
    const original = talk.originals.of(room, seq);
    if (!original) return el("p", { class: "answered", text: original === null ? words.message.originalGone : words.message.original });
    const deleted = original.deleted || talk.deletions.state(room, seq) !== "no";
    return el("a", { class: "answered", href: addressOf(room.id, seq) },
      nameOf(people.name(original.by), "answered-name"), " ",
      el("bdi", { class: deleted ? "deleted" : undefined, text: deleted ? words.message.deleted : plain(original.text ?? "", this.nameOf) }));
  }

  /** @param {Room} room @param {Message} message */
  #isFolded(room, { by, seq }) {
    return this.chat.people.blocked(by) && !this.#unfolded.has(`${room.id} ${seq}`);
  }

  /** What somebody said of whom one wants to hear nothing: it is there, and can be seen. @param {Room} room @param {Message} message */
  #folded(room, { seq }) {
    return el("p", { class: "text deleted" }, `${words.message.ofBlocked} · `,
      el("button", {
        type: "button", class: "link", text: words.message.show,
        on: {
          click: () => {
            this.#unfolded.add(`${room.id} ${seq}`);
            this.chat.changed("messages");
          },
        },
      }));
  }

  /** @param {Room} room @param {Message} message */
  #undoable(room, { seq }) {
    return el("p", { class: "text deleted" }, `${words.message.deletedSoon} · `,
      el("button", { type: "button", class: "link", text: words.message.undo, on: { click: () => this.chat.talk.deletions.undo(room, seq) } }));
  }

  /** @param {Pending} post @param {boolean} first */
  pendingSignature(post, first) {
    return JSON.stringify([first, post.failed, post.held]);
  }

  /** A post of ours on its way, or one that did not get through. @param {Room} room @param {Pending} post @param {boolean} first */
  makePending(room, post, first) {
    const { row, body } = this.#frame(room.me, post.at, first, post.failed ? " failed" : " sending");
    if (post.reply) body.append(this.#quote(room, post.reply));
    body.append(this.#text(room, post.text), pendingState(this.chat, room, post));
    return row;
  }

  /** @param {string} by @param {string} at @param {boolean} first @param {string} state */
  #frame(by, at, first, state) {
    const name = this.chat.people.name(by);
    const time = el("time", { datetime: at, title: momentOf(at) },
      el("span", { "aria-hidden": "true", text: first ? timeOf(at) : shortTimeOf(at) }), el("span", { class: "spoken", text: momentOf(at) }));
    // Not on the way of Tab, which would have to pass every name; by keys, the members' list leads to all of them.
    const author = el("button", { type: "button", class: "author", tabindex: "-1", "data-user": by }, nameOf(name));
    const picture = avatar(by, name);
    picture.dataset.user = by;
    const body = el("div", { class: "message-body" }, first ? el("header", {}, author, time) : nameOf(name, "spoken"));
    const row = el("article", { class: `message${first ? " first" : ""}${state}`, tabindex: "-1", on: { click: (/** @type {Event} */ event) => this.#profile(event) } },
      first ? picture : el("span", { class: "message-time" }, time), body);
    return { row, body };
  }

  /** A press on a person, wherever they stand in the message. @param {Event} event */
  #profile({ target }) {
    const person = /** @type {HTMLElement} */ (target).closest("[data-user]");
    if (person instanceof HTMLElement) this.chat.profile(person.dataset.user ?? "");
  }
}
