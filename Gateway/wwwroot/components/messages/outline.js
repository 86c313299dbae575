// @ts-check
import { el, isolated, worded } from "../../element.js";
import { dayName, dayOf } from "../../times.js";
import { words } from "../../words.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../protocol.js").Message} Message */
/** @typedef {import("./rows.js").Wanted} Wanted */

const GROUP = 5 * 60_000; // ms; what one person says within it stands together

/**
 * Everything that should stand in the log of a room: its beginning, the days, the messages in groups, the mark before
 * the new ones, and at the end what is on its way.
 * @param {Chat} chat @param {Room} room @param {import("./message.js").MessageRow} row
 * @param {number | null} mark the number after which messages are new
 * @returns {Wanted[]}
 */
export function outline(chat, room, row, mark) {
  /** @type {Wanted[]} */
  const wanted = [];
  if (!room.loaded) {
    const why = chat.line.state === "live" ? words.log.opening : words.log.offline;
    wanted.push(["loading", why, () => el("p", { class: "hint", text: why })]);
  } else if (!room.stretch.older) {
    const name = room.direct ? chat.people.name(room.peer) : room.name;
    wanted.push(["start", name, () => start(room, name)]);
  }
  /** @type {Message | undefined} */
  let before;
  for (const message of room.messages) {
    if (!before || when(before).day !== when(message).day) {
      const day = dayName(message.at);
      wanted.push([`day ${when(message).day}`, day, () => el("div", { class: "day" }, el("span", { text: day }))]);
    }
    const marked = mark !== null && message.seq > mark && message.by !== room.me && (before?.seq ?? mark) <= mark;
    if (marked) wanted.push(["mark", "", () => el("div", { class: "day mark" }, el("span", { text: words.log.mark }))]);
    const first = marked || begins(before, message);
    wanted.push([`${message.seq}`, row.signature(room, message, first), () => row.make(room, message, first), row.content(room, message)]);
    before = message;
  }
  if (room.stretch.newer) return wanted; // what is on its way comes after all of it
  for (const post of room.pending) {
    if (post.seq !== undefined) continue; // it came back as a message already
    const message = { seq: 0, at: post.at, by: room.me, text: post.text };
    const first = begins(before, message);
    wanted.push([`post ${post.key}`, row.pendingSignature(post, first), () => row.makePending(room, post, first)]);
    before = message;
  }
  return wanted;
}

/** What stands in the place of a log where no room is open. @param {{ title: string, why: string } | null} refused @returns {Wanted[]} */
export function nothing(refused) {
  const title = refused?.title ?? words.log.none;
  const why = refused?.why ?? words.log.noneHint;
  return [["empty", title + why, () => el("div", { class: "empty" }, el("h2", { text: title }), el("p", { dir: "auto" }, ...worded(why)))]];
}

/** The day and the time (ms) of messages, which never change. @type {WeakMap<Message, { day: number, time: number }>} */
const moments = new WeakMap();

/** @param {Message} message */
function when(message) {
  let moment = moments.get(message);
  if (!moment) moments.set(message, moment = { day: dayOf(message.at), time: Date.parse(message.at) });
  return moment;
}

/** Whether a message begins a group of its own. @param {Message | undefined} before @param {Message} message */
function begins(before, message) {
  return !before || before.by !== message.by || when(before).day !== when(message).day || when(message).time - when(before).time > GROUP;
}

/** The beginning of a room's history. @param {Room} room @param {string} name of the room, or of the other one in it */
function start(room, name) {
  return el("div", { class: "start" },
    el("h2", {}, ...worded((room.direct ? words.log.startDirect : words.log.start)(isolated(name)))),
    el("p", { text: room.direct ? words.log.startDirectHint : words.log.startHint }));
}
