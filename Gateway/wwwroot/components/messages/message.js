// @ts-check
import { avatar, el, icon, iconButton, nameOf } from "../../element.js";
import { momentOf, shortTimeOf, timeOf } from "../../times.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../room.js").Pending} Pending */
/** @typedef {import("../../protocol.js").Message} Message */

const EMOJI = ["👍", "❤️", "😂", "🎉", "😮", "🙏"];
const SURE = 4_000; // ms within which the second press deletes

/** How one message looks, and what can be done with it. */
export class MessageRow {
  /** @param {Chat} chat @param {(message: Message) => void} edit */
  constructor(chat, edit) {
    this.chat = chat;
    this.edit = edit;
  }

  /** What a row depends on: it is drawn anew when this changes. @param {Room} room @param {Message} message @param {boolean} first */
  signature(room, message, first) {
    const { text, deleted, reactions, by, reply } = message;
    const reacted = reactions && Object.entries(reactions).map(([emoji, who]) => [emoji, who.map(user => this.chat.people.name(user))]);
    const answered = reply ? room.message(reply)?.text : undefined;
    return JSON.stringify([first, text, deleted, message.edited, reacted, first && this.chat.people.name(by), answered, room.role]);
  }

  /** @param {Room} room @param {Message} message @param {boolean} first whether it begins a group */
  make(room, message, first) {
    const row = this.#frame(message.by, message.at, first, "");
    row.dataset.seq = String(message.seq);
    const body = /** @type {HTMLElement} */ (row.lastElementChild);
    if (message.reply) body.append(this.#answered(room, message.reply));
    if (message.deleted) body.append(el("p", { class: "text deleted", text: "Message deleted" }));
    else {
      const text = el("p", { class: "text", dir: "auto" }, ...linked(message.text ?? ""));
      if (message.edited) text.append(" ", el("small", { class: "edited", text: "(edited)" }));
      body.append(text);
      if (message.reactions) body.append(this.#reactions(room, message));
      row.append(this.#actions(room, message));
    }
    return row;
  }

  /** A post of ours on its way, or one that did not get through. @param {Room} room @param {Pending} post @param {boolean} first */
  makePending(room, post, first) {
    const row = this.#frame(room.me, post.at, first, post.failed ? " failed" : " sending");
    const body = /** @type {HTMLElement} */ (row.lastElementChild);
    body.append(el("p", { class: "text", dir: "auto" }, ...linked(post.text)));
    if (!post.failed) body.append(el("span", { class: "spoken", text: "Sending…" }));
    else {
      body.append(el("p", { class: "problem", role: "alert" }, `Not sent: ${post.failed} `,
        el("button", { type: "button", class: "link", text: "Try again", on: { click: () => this.chat.talk.repost(room, post) } }), " ",
        el("button", { type: "button", class: "link", text: "Discard", on: { click: () => this.chat.talk.discard(room, post) } })));
    }
    return row;
  }

  /** @param {string} by @param {string} at @param {boolean} first @param {string} state */
  #frame(by, at, first, state) {
    const name = this.chat.people.name(by);
    const time = el("time", { datetime: at, title: momentOf(at), text: first ? timeOf(at) : shortTimeOf(at) });
    return el("article", { class: `message${first ? " first" : ""}${state}`, tabindex: "-1" },
      first ? avatar(by, name) : el("span", { class: "message-time" }, time),
      el("div", { class: "message-body" }, first ? el("header", {}, nameOf(name, "author"), time) : nameOf(name, "spoken")));
  }

  /** @param {Room} room @param {number} seq */
  #answered(room, seq) {
    const original = room.message(seq);
    return el("p", { class: "answered", dir: "auto" },
      original ? nameOf(this.chat.people.name(original.by)) : "An earlier message",
      original && `: ${original.deleted ? "deleted" : original.text}`);
  }

  /** @param {Room} room @param {Message} message */
  #reactions(room, message) {
    return el("div", { class: "reactions" }, ...Object.entries(message.reactions ?? {}).map(([emoji, who]) => {
      const mine = who.includes(room.me);
      const names = who.map(user => this.chat.people.name(user)).join(", ");
      return el("button", {
        type: "button", class: "reaction", "aria-pressed": String(mine), title: names, "aria-label": `${emoji} ${who.length}: ${names}`,
        on: { click: () => this.chat.attempt(this.chat.talk.react(room, message.seq, emoji, !mine)) },
      }, el("span", { text: emoji }), el("span", { class: "count", text: String(who.length) }));
    }));
  }

  /** @param {Room} room @param {Message} message */
  #actions(room, message) {
    const actions = el("div", { class: "actions" });
    actions.append(iconButton("smile", "React", () => this.#pick(actions, room, message)));
    const mine = message.by === room.me;
    if (mine) actions.append(iconButton("pencil", "Edit", () => this.edit(message)));
    if (mine || (room.role !== "member" && !room.direct)) actions.append(this.#deletion(room, message));
    return actions;
  }

  /** The first press asks, the second one deletes. @param {Room} room @param {Message} message */
  #deletion(room, message) {
    const button = iconButton("trash", "Delete", () => {
      if (button.classList.contains("sure")) return void this.chat.attempt(this.chat.talk.delete(room, message.seq));
      const calm = () => {
        button.classList.remove("sure");
        button.replaceChildren(icon("trash"));
        button.setAttribute("aria-label", "Delete");
      };
      button.classList.add("sure");
      button.replaceChildren("Delete?");
      button.setAttribute("aria-label", "Really delete this message");
      setTimeout(calm, SURE);
    });
    return button;
  }

  /** A small fixed choice of reactions, in the place of the actions. @param {HTMLElement} actions @param {Room} room @param {Message} message */
  #pick(actions, room, message) {
    const before = [...actions.childNodes];
    const row = /** @type {HTMLElement} */ (actions.closest("article"));
    /** The row holds the focus meanwhile: without it, it would hide its actions. @param {Node[]} content */
    const show = (...content) => {
      if (row.contains(document.activeElement)) row.focus({ preventScroll: true });
      actions.replaceChildren(...content);
    };
    const close = () => show(...before);
    show(...EMOJI.map(emoji => el("button", {
      type: "button", class: "icon-button", text: emoji, "aria-label": `React with ${emoji}`,
      on: {
        click: () => {
          close();
          this.chat.attempt(this.chat.talk.react(room, message.seq, emoji, !message.reactions?.[emoji]?.includes(room.me)));
        },
      },
    })), iconButton("close", "Close", close));
    /** @type {HTMLElement} */ (actions.firstElementChild).focus();
    row.addEventListener("mouseleave", close, { once: true });
  }
}

/** A text with its web addresses as links; nothing else in it means anything. @param {string} text @returns {(Node | string)[]} */
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?')\]}])/u).map((part, i) => i % 2 === 0 ? part
    : el("a", { href: part, target: "_blank", rel: "noopener noreferrer", text: part }));
}
