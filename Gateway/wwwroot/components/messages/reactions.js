// @ts-check
import { el, isolated } from "../../element.js";
import { words } from "../../words.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../protocol.js").Message} Message */

const KINDS = 40; // of reactions that are shown; and one's own, which one may want to take back
const NAMES = 20; // of those who reacted in one way

/**
 * The reactions that are shown of all there are, however many: each with who they are, and who of them is named.
 * @param {Room} room @param {Message} message
 */
export function shown({ me }, { reactions: reacted = {} }) {
  return Object.entries(reacted).filter(([, who], i) => i < KINDS || who.includes(me)).map(([emoji, who]) => ({ emoji, who, named: who.slice(0, NAMES) }));
}

/** Adds one's own reaction, or takes it back. @param {Chat} chat @param {Room} room @param {number} seq @param {string} emoji */
export function toggle(chat, room, seq, emoji) {
  const on = !room.message(seq)?.reactions?.[emoji]?.includes(room.me);
  return chat.attempt(chat.talk.react(room, seq, emoji, on));
}

/** Who reacted to a message, and how. A press joins them, or leaves them. @param {Chat} chat @param {Room} room @param {Message} message */
export function reactions(chat, room, message) {
  const { seq, reactions: reacted = {} } = message;
  const kinds = shown(room, message);
  const more = Object.keys(reacted).length - kinds.length;
  return el("div", { class: "reactions" }, ...kinds.map(({ emoji, who, named }) => {
    const first = named.map(user => user === room.me ? words.message.you : isolated(chat.people.name(user))).join(", ");
    const names = who.length > named.length ? `${first} ${words.message.andMore(who.length - named.length)}` : first;
    return el("button", {
      type: "button", class: "reaction", "aria-pressed": String(who.includes(room.me)), "aria-label": words.message.reacted(emoji, who.length, names), "data-names": names,
      on: { click: () => toggle(chat, room, seq, emoji) },
    }, el("span", { class: "emoji", text: emoji }), el("span", { class: "count", text: String(who.length) }));
  }), more > 0 && el("span", { class: "count", text: words.message.andMore(more) }));
}
