// @ts-check
import { permalink } from "../../address.js";
import { copy } from "../../clipboard.js";
import { el, iconButton } from "../../element.js";
import { mayRemove } from "../../rights.js";
import { words } from "../../words.js";
import { toggle } from "./reactions.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../protocol.js").Message} Message */

const QUICK = ["👍", "❤️", "😂", "🎉", "😮", "🙏"];

/** What can be done with a message: by its buttons, by single keys while it has the focus, and by a touch that shows the buttons. */
export class Actions {
  /** @param {Chat} chat @param {import("./message.js").Desk} desk */
  constructor(chat, desk) {
    this.chat = chat;
    this.desk = desk;
  }

  /** @param {HTMLElement} row @param {Room} room @param {Message} message */
  equip(row, room, message) {
    const mine = message.by === room.me;
    const act = {
      react: () => this.#offer(bar, room, message),
      reply: () => this.desk.reply(message),
      edit: mine ? () => this.desk.edit(message) : undefined,
      copy: () => this.#copyLink(room, message),
      delete: mine || (!room.direct && mayRemove(this.chat.me, room, room.members?.get(message.by)?.role ?? "member")) ? () => this.chat.talk.deletions.begin(room, message.seq) : undefined,
    };
    const bar = el("div", { class: "actions", role: "group", "aria-label": words.message.actions },
      iconButton("smile", words.message.react, act.react),
      iconButton("reply", words.message.reply, act.reply),
      act.edit && iconButton("pencil", words.message.edit, act.edit),
      iconButton("link", words.message.copyLink, act.copy),
      act.delete && iconButton("trash", words.message.delete, act.delete));
    row.append(bar);
    /** @type {Record<string, (() => void) | undefined>} */
    const keys = { r: act.reply, e: act.edit, "+": act.react, c: act.copy, Delete: act.delete, Backspace: act.delete, Escape: () => this.desk.focus() };
    row.addEventListener("keydown", event => {
      const chosen = keys[event.key];
      if (event.target !== row || event.ctrlKey || event.metaKey || event.altKey || !chosen) return;
      event.preventDefault();
      chosen();
    });
    // Where nothing hovers, a touch gives the row the focus, and so shows its buttons.
    row.addEventListener("click", event => {
      if (!matchMedia("(hover: none)").matches || /** @type {HTMLElement} */ (event.target).closest("a, button, [data-user]")) return;
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    });
  }

  /** A few reactions in the place of the buttons, and the way to all others. @param {HTMLElement} bar @param {Room} room @param {Message} message */
  #offer(bar, room, message) {
    const before = [...bar.childNodes];
    const row = /** @type {HTMLElement} */ (bar.closest(".message"));
    /** The row holds the focus meanwhile: without it, it would hide its buttons. @param {Node[]} content */
    const show = (...content) => {
      if (row.contains(document.activeElement)) row.focus({ preventScroll: true });
      bar.replaceChildren(...content);
    };
    const close = () => show(...before);
    show(...QUICK.map(emoji => el("button", {
      type: "button", class: "icon-button", text: emoji, "aria-label": words.message.reactWith(emoji), title: words.message.reactWith(emoji),
      on: {
        click: () => {
          close();
          void toggle(this.chat, room, message.seq, emoji);
        },
      },
    })), iconButton("plus", words.message.moreEmoji, () => this.#pick(bar, room, message, close)), iconButton("close", words.common.close, close));
    /** @type {HTMLElement} */ (bar.firstElementChild).focus();
    row.addEventListener("mouseleave", () => row.contains(document.activeElement) || close(), { once: true });
    bar.onkeydown = event => {
      if (event.key === "Escape" && !bar.contains(before[0])) {
        event.stopPropagation();
        close();
      }
    };
  }

  /** @param {HTMLElement} bar @param {Room} room @param {Message} message @param {() => void} done */
  async #pick(bar, room, { seq }, done) {
    const module = await import("../../emoji/picker.js").catch(() => null); // few need it: it comes when it is asked for
    if (!module) return this.chat.say(words.errors.offline);
    const back = () => /** @type {HTMLElement | null} */ (document.querySelector(`.message[data-seq="${seq}"]`));
    new module.EmojiPicker(bar, emoji => void toggle(this.chat, room, seq, emoji), back).open();
    done();
  }

  /** @param {Room} room @param {Message} message */
  async #copyLink(room, { seq }) {
    this.chat.say(await copy(permalink(room.id, seq)) ? words.message.copied : words.message.notCopied);
  }
}
