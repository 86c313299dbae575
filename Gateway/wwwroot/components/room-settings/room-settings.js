// @ts-check
import { ask, openDialog } from "../../dialog.js";
import { el, icon, isolated } from "../../element.js";
import { mayConfigure, mayInvite, mayOwn } from "../../rights.js";
import { words } from "../../words.js";
import { Webhooks } from "../hooks/webhooks.js";
import { about } from "./about.js";
import { BannedPeople } from "./banned.js";
import { invitation } from "./invitation.js";
import { Roles } from "./roles.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */

/** What a room is, who may come in and who is what: for everybody to see, and for those who may to change. */
export class RoomSettings {
  /** @type {HTMLDialogElement | null} */ #dialog = null;
  /** @type {Room | null} */ #room = null;
  /** Those parts that follow what happens meanwhile. @type {{ update: () => void }[]} */ #parts = [];

  /** @param {Chat} chat @param {{ left: () => void }} act */
  constructor(chat, act) {
    this.chat = chat;
    this.act = act;
  }

  /** @param {boolean} [inviting] whether one came to invite somebody */
  async show(inviting = false) {
    const { chat } = this;
    const { room, me } = chat;
    if (!room || room.direct) return;
    this.close();
    const first = about(chat, room);
    const guests = mayInvite(room) ? invitation(chat, room) : null;
    const roles = new Roles(chat, room);
    const banned = mayConfigure(me, room) ? new BannedPeople(chat, room) : null;
    const hooks = mayConfigure(me, room) ? new Webhooks(room) : null;
    this.#room = room;
    this.#parts = [first, roles];
    const dialog = this.#dialog = openDialog(words.roomSettings.title, "room-settings",
      first.root, guests, mayOwn(me, room) && roles.root, banned?.root, hooks?.root, this.#end(room));
    dialog.addEventListener("close", () => this.#dialog === dialog && (this.#dialog = null));
    if (inviting) guests?.querySelector("input")?.focus();
    hooks?.load();
    await chat.attempt(chat.membership.status(room.id).then(status => {
      room.slow = status.slow ?? 0;
      first.update();
      banned?.draw(status.banned ?? []);
    }));
  }

  close() {
    this.#dialog?.close();
  }

  /** Others change the room, too; and whoever is no longer in it has nothing to set. */
  update() {
    if (!this.#dialog) return;
    if (!this.#room || !this.chat.rooms.has(this.#room.id)) return this.close();
    for (const part of this.#parts) part.update();
  }

  /** @param {Room} room */
  #end(room) {
    return el("section", {}, el("h3", { text: words.roomSettings.end }),
      el("div", { class: "dialog-buttons at-start" },
        el("button", { type: "button", on: { click: () => this.#leave(room) } }, icon("door"), words.roomSettings.leave),
        mayOwn(this.chat.me, room) && el("button", { type: "button", class: "grave", on: { click: () => this.#destroy(room) } }, icon("trash"), words.roomSettings.destroy)));
  }

  /** @param {Room} room */
  async #leave(room) {
    const yes = await ask({
      title: words.roomSettings.leaveTitle(isolated(room.name)),
      text: room.role === "owner" ? words.roomSettings.leaveOwner : room.visibility === "private" ? words.roomSettings.leavePrivate : words.roomSettings.leavePublic,
      yes: words.roomSettings.doLeave,
      no: words.roomSettings.stay,
    });
    if (!yes) return;
    this.close();
    if (await this.chat.attempt(this.chat.membership.leave(room))) this.act.left();
  }

  /** @param {Room} room */
  async #destroy(room) {
    const yes = await ask({
      title: words.roomSettings.destroyTitle(isolated(room.name)),
      text: words.roomSettings.destroyText,
      yes: words.roomSettings.doDestroy,
      grave: true,
      typed: room.name,
      typedLabel: words.roomSettings.destroyTyped,
    });
    if (!yes) return;
    this.close();
    if (await this.chat.attempt(this.chat.membership.destroy(room.id))) this.act.left();
  }
}
