// @ts-check
import { ask, openDialog } from "../../dialog.js";
import { el, icon } from "../../element.js";
import { words } from "../../words.js";
import { account } from "./account.js";
import { blockedPeople } from "./blocked.js";
import { keys } from "./keys.js";
import { look, notices } from "./choices.js";
import { apiTokens } from "./tokens.js";

/** @typedef {import("../../chat.js").Chat} Chat */

/** What somebody may choose for themselves, what the keys do, and the way out. */
export class OwnSettings {
  /** @type {HTMLDialogElement | null} */ #dialog = null;

  /** @param {Chat} chat @param {{ signOut: () => void }} act */
  constructor(chat, act) {
    this.chat = chat;
    this.act = act;
  }

  /** @param {boolean} [atKeys] whether one came to read what the keys do */
  show(atKeys = false) {
    this.close();
    const list = keys();
    const dialog = this.#dialog = openDialog(words.settings.title, "settings",
      look(), notices(), blockedPeople(this.chat), list, apiTokens(this.chat), account(this.chat),
      el("div", { class: "dialog-buttons" }, el("button", { type: "button", on: { click: () => this.#signOut() } }, icon("power"), words.settings.signOut)));
    dialog.addEventListener("close", () => this.#dialog === dialog && (this.#dialog = null));
    if (!atKeys) return;
    list.scrollIntoView();
    list.querySelector("h3")?.focus({ preventScroll: true });
  }

  close() {
    this.#dialog?.close();
  }

  /** A guest who goes does not find the way back: so they are asked. */
  async #signOut() {
    const guest = this.chat.me?.guest;
    if (guest && !await ask({ title: words.settings.leaveTitle, text: words.settings.leaveText, yes: words.settings.signOut, no: words.settings.stay })) return;
    this.close();
    this.act.signOut();
  }
}
