// @ts-check
import { el } from "../../element.js";
import { words } from "../../words.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../protocol.js").Message} Message */

/** Adds one's own reaction, or takes it back. @param {Chat} chat @param {Room} room @param {number} seq @param {string} emoji */
export function toggle(chat, room, seq, emoji) {
  const on = !room.message(seq)?.reactions?.[emoji]?.includes(room.me);
  return chat.attempt(chat.talk.react(room, seq, emoji, on));
}

/** Who reacted to a message, and how. A press joins them, or leaves them. @param {Chat} chat @param {Room} room @param {Message} message */
export function reactions(chat, room, { seq, reactions: reacted = {} }) {
  return el("div", { class: "reactions" }, ...Object.entries(reacted).map(([emoji, who]) => {
    const names = who.map(user => user === room.me ? words.message.you : chat.people.name(user)).join(", ");
    return el("button", {
      type: "button", class: "reaction", "aria-pressed": String(who.includes(room.me)), "aria-label": words.message.reacted(emoji, who.length, names), "data-names": names,
      on: { click: () => toggle(chat, room, seq, emoji) },
    }, el("span", { class: "emoji", text: emoji }), el("span", { class: "count", text: String(who.length) }));
  }));
}
