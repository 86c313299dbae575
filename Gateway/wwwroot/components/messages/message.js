// @ts-check
import { addressOf } from "../../address.js";
import { botSign } from "../../bot.js";
import { avatar, el, isolated, nameOf, worded } from "../../element.js";
import { mentionsIn, plain } from "../../text/plain.js";
import { render } from "../../text/render.js";
import { momentOf, shortTimeOf, timeOf } from "../../times.js";
import { words } from "../../words.js";
import { Actions } from "./actions.js";
import { pendingState } from "./pending.js";
import { reactions, shown } from "./reactions.js";
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

  /** What a message says itself, and who is named in it: never another thing, since what changes is a new object. @type {WeakMap<Message, { content: string, mentioned: string[], reacted: string[] }>} */ #read = new WeakMap();

  /** What stands in a row whoever looks at it: it is drawn anew when this changes. @param {Room} room @param {Message} message */
  content(room, message) {
    return this.#reading(room, message).content;
  }

  /** What else a row depends on. @param {Room} room @param {Message} message @param {boolean} first */
  signature(room, message, first) {
    const { people, talk } = this.chat;
    const { seq, by, reply } = message;
    const { mentioned, reacted } = this.#reading(room, message);
    const readers = readersOf(room, seq);
    const parts = [first ? "first" : "", room.role, people.name(by), talk.deletions.state(room, seq), this.#isFolded(room, message) ? "folded" : ""];
    if (mentioned.length) parts.push("mentions", ...mentioned.map(user => people.called(user) ?? ""));
    if (reacted.length) parts.push("reactions", ...reacted.map(user => people.name(user)));
    if (readers.length) parts.push("readers", ...readers.map(user => people.name(user)));
    if (reply) parts.push("reply", ...this.#quoted(room, reply));
    return parts.join("\n"); // which stands in no name
  }

  /** @param {Room} room @param {number} seq */
  #quoted(room, seq) {
    const original = this.chat.talk.originals.of(room, seq);
    if (!original) return [String(original)];
    const { content, mentioned } = this.#reading(room, original);
    return [content, this.chat.people.name(original.by), this.chat.talk.deletions.state(room, seq), String(this.#isFolded(room, original)), ...mentioned.map(user => this.chat.people.called(user) ?? "")];
  }

  /** @param {Room} room @param {Message} message */
  #reading(room, message) {
    let read = this.#read.get(message);
    if (!read) {
      const { text = "", deleted, edited, reactions: reacted } = message;
      const who = reacted ? shown(room, message).flatMap(({ named }) => named) : [];
      read = { content: JSON.stringify([text, deleted, edited, reacted]), mentioned: mentionsIn(text), reacted: [...new Set(who)] };
      this.#read.set(message, read);
    }
    return read;
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
    if (readers.length) body.append(el("p", { class: "readers", dir: "auto" }, ...room.direct ? [words.message.read] : worded(words.message.readBy(readers.map(isolated)))));
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
    this.#equip(row, room, message);
  }

  /** What can be done with a message stands in its row when it is first wanted: by a pointer, a touch or the focus. @param {HTMLElement} row @param {Room} room @param {Message} message */
  #equip(row, room, message) {
    const wanted = new AbortController();
    const equip = () => {
      wanted.abort();
      this.actions.equip(row, room, message);
    };
    for (const event of ["mouseenter", "focusin"]) row.addEventListener(event, equip, { signal: wanted.signal });
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
    const folded = this.#isFolded(room, original);
    const deleted = original.deleted || talk.deletions.state(room, seq) !== "no";
    const unsaid = deleted ? words.message.deleted : folded ? words.message.ofBlocked : undefined;
    return el("a", { class: "answered", href: addressOf(room.id, seq) },
      nameOf(people.name(original.by), "answered-name"), " ",
      el("bdi", { class: unsaid && "deleted", text: unsaid ?? plain(original.text ?? "", this.nameOf) }));
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
    const moment = momentOf(at);
    const time = el("time", { datetime: at, title: moment },
      el("span", { "aria-hidden": "true", text: first ? timeOf(at) : shortTimeOf(at) }), el("span", { class: "spoken", text: moment }));
    // Not on the way of Tab, which would have to pass every name; by keys, the members' list leads to all of them.
    const author = el("button", { type: "button", class: "author", tabindex: "-1", "data-user": by }, nameOf(name));
    const picture = avatar(by, name);
    picture.dataset.user = by;
    const body = el("div", { class: "message-body" }, first ? el("header", {}, author, botSign(by), time) : nameOf(name, "spoken"));
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
