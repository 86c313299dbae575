// @ts-check
import { addressOf } from "../../address.js";
import { avatar, el, nameOf } from "../../element.js";
import { mentionAt, whoIs } from "../../text/mention.js";
import { momentOf, whenOf } from "../../times.js";
import { words } from "../../words.js";
import { marked } from "./hits.js";

/** @typedef {import("../../protocol.js").Message & { room: string }} Result */

/** One message that was found: who said what, where and when. It leads into its place. @param {import("../../chat.js").Chat} chat @param {Result} message @param {string} query @param {boolean} named whether its room is not clear already @param {() => void} chosen */
export function resultRow(chat, message, query, named, chosen) {
  const { room, seq, by, at, text = "", edited } = message;
  const author = chat.people.name(by);
  return el("li", {}, el("a", { class: "search-result", href: addressOf(room, seq), on: { click: chosen } },
    named && el("span", { class: "search-room" }, roomName(chat, room)),
    el("span", { class: "search-line" }, avatar(by, author, "small"), nameOf(author, "search-author"),
      el("time", { datetime: at, title: momentOf(at), text: whenOf(at) })),
    el("span", { class: "search-text", dir: "auto" }, ...marked(read(text, chat), query)),
    edited && el("small", { text: `(${words.search.edited})` })));
}

/** A text with names where the wire has ids: as people write and read it. @param {string} text @param {import("../../chat.js").Chat} chat */
function read(text, chat) {
  let given = "";
  let at = 0;
  for (let sign = text.indexOf("@"); sign >= 0; sign = text.indexOf("@", sign + 1)) {
    const word = mentionAt(text, sign) ?? "";
    const who = whoIs(word, user => chat.people.called(user));
    if (!who) continue;
    given += `${text.slice(at, sign)}@${who.name}`;
    at = sign + 1 + word.length - who.rest.length;
  }
  return given + text.slice(at);
}

/** What such a row depends on. @param {import("../../chat.js").Chat} chat @param {Result} message */
export function signature(chat, { room, by, text }) {
  const place = chat.rooms.get(room);
  return [text && read(text, chat), chat.people.name(by), place?.direct ? chat.people.name(place.peer) : place?.name];
}

/** @param {import("../../chat.js").Chat} chat @param {string} id */
function roomName(chat, id) {
  const room = chat.rooms.get(id);
  return room?.direct ? nameOf(chat.people.name(room.peer)) : el("span", {}, "# ", nameOf(room?.name ?? id));
}
