// @ts-check
import { addressOf } from "./address.js";
import { settings } from "./settings.js";
import { chime } from "./sound.js";
import { plain } from "./text/plain.js";
import { words } from "./words.js";

/** @typedef {import("./protocol.js").Push} Push */

const TEXT_COMES = 300; // ms that the message itself may take longer than the word of it

/** Tells somebody who is elsewhere that they are spoken to: by the title, a sound, and a notice on the desktop. */
export class Notices {
  /** Those that stand on the desktop, by room. @type {Map<string, Notification>} */ #shown = new Map();

  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.chat = chat;
    document.addEventListener("visibilitychange", () => this.#back(), { signal: chat.ended });
  }

  /** @param {Push} push */
  take(push) {
    const again = push.room.startsWith("dm:") && push.kind !== "direct"; // whoever opens a conversation, or names one in it, only speaks to one
    if (!document.hidden || again) return;
    if (settings.sound) chime();
    if (settings.notify && "Notification" in window && Notification.permission === "granted") setTimeout(() => this.#show(push), TEXT_COMES);
  }

  /** @param {Push} push */
  #show({ kind, room: id, seq, by }) {
    const { people, rooms } = this.chat;
    const room = rooms.get(id);
    const title = kind === "direct" || !room ? people.name(by) : words.notices.inRoom(people.name(by), room.name);
    const said = room?.spoken?.seq === seq ? plain(room.spoken.text ?? "", user => people.called(user)) : undefined;
    const notice = notify(title, {
      body: kind === "invited" ? words.notices.invited : said,
      tag: id, // one for a room: the latest
      icon: "icon.svg",
      silent: true, // we have a sound of our own
    });
    if (!notice) return;
    notice.onclick = () => {
      window.focus();
      location.hash = addressOf(id, kind === "invited" ? undefined : seq);
      notice.close();
    };
    this.#shown.set(id, notice);
  }

  /** Whoever is back need not be told. */
  #back() {
    if (document.hidden) return;
    for (const notice of this.#shown.values()) notice.close();
    this.#shown.clear();
  }

  /** The page's title: where one is, and, while one is elsewhere, how often one was spoken to. */
  title() {
    const { room, rooms, people } = this.chat;
    const calls = [...rooms.values()].reduce((sum, { direct, unread, mentions }) => sum + (direct ? unread : mentions), 0);
    const where = room && (room.direct ? people.name(room.peer) : room.name);
    return `${document.hidden && calls ? `(${calls}) ` : ""}${where ? `${where} · ` : ""}OrleansChat`;
  }
}

/** @param {string} title @param {NotificationOptions} options */
function notify(title, options) {
  try {
    return new Notification(title, options);
  } catch {
    return null; // Chrome on Android has them, and throws: there only a service worker may show one
  }
}
