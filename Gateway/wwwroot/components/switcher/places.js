// @ts-check
import { isBot } from "../../bot.js";
import { fold, likeness } from "../../fold.js";
import { words } from "../../words.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/**
 * Somewhere to go: a room, or a person with whom there may be no room yet.
 * @typedef {{ key: string, group: string, name: string, about: string, room?: string, user?: string, locked?: boolean }} Place
 */

const MOST = 8; // of a group, when somebody searches
const RECENT = 12; // when nobody does
const USER_ID = /^@?([a-z0-9][a-z0-9_.-]{1,31})$/;

/** What this page knows, the likeliest first; without a query, where something happened last. @param {Chat} chat @param {string} query @returns {Place[]} */
export function places(chat, query) {
  const rooms = [...chat.rooms.values()].sort((a, b) => b.last.localeCompare(a.last)).map(room => roomPlace(chat, room));
  if (!query) return rooms.filter(place => place.room !== chat.room?.id).slice(0, RECENT).map(place => ({ ...place, group: words.switcher.recent }));
  const spoken = new Set(rooms.map(place => place.user).filter(Boolean));
  const people = chat.people.known().filter(({ user }) => user !== chat.me?.id && !isBot(user) && !spoken.has(user)).map(personPlace);
  return [...best(rooms.filter(place => !place.user), query), ...best([...rooms.filter(place => place.user), ...people], query)];
}

/** What only the server knows: public rooms, and somebody by their whole id. @param {Chat} chat @param {string} query @returns {Promise<Place[]>} */
export async function publicPlaces(chat, query) {
  const id = USER_ID.exec(query.toLowerCase())?.[1];
  const [{ rooms }, person] = await Promise.all([chat.membership.browse(query.replace(/^[@#]/, "") || query), id ? chat.people.find(id) : undefined]);
  const others = /** @type {import("../../protocol.js").ListedRoom[]} */ (rooms).filter(({ room }) => !chat.rooms.has(room));
  return [
    ...person && person.user !== chat.me?.id && !isBot(person.user) && !chat.rooms.has(directOf(chat, person.user)) ? [personPlace(person)] : [],
    ...others.slice(0, MOST).map(({ room, name, members }) =>
      ({ key: room, group: words.switcher.public, name, about: `${words.switcher.join} · ${words.rooms.members(members)}`, room })),
  ];
}

/** @param {Chat} chat @param {import("../../room.js").Room} room @returns {Place} */
function roomPlace(chat, room) {
  const about = room.unread ? words.rooms.unread(room.unread) : "";
  return room.direct
    ? { key: room.id, group: words.switcher.people, name: chat.people.name(room.peer), about: about || idOf(room.peer), room: room.id, user: room.peer }
    : { key: room.id, group: words.switcher.rooms, name: room.name, about, room: room.id, locked: room.visibility === "private" };
}

/** @param {{ user: string, name: string }} person @returns {Place} */
function personPlace({ user, name }) {
  return { key: `@${user}`, group: words.switcher.people, name, about: idOf(user), user };
}

/** A guest's id is a row of random letters, and tells nobody anything. @param {string} user */
const idOf = user => (user.startsWith("guest-") ? words.profile.guest : `@${user}`);

/** @param {Place[]} places @param {string} query */
function best(places, query) {
  const wanted = fold(query.replace(/^[@#]/, ""));
  const like = /** @type {(place: Place) => number} */ (({ name, room, user }) =>
    Math.max(likeness(wanted, fold(name)), .9 * likeness(wanted, user ?? room ?? "") - .1));
  return places.map(place => ({ place, like: like(place) })).filter(({ like }) => like > (wanted.length > 1 ? 0 : 1.5))
    .sort((a, b) => b.like - a.like).slice(0, MOST).map(({ place }) => place);
}

/** @param {Chat} chat @param {string} user */
function directOf(chat, user) {
  return `dm:${[chat.me?.id ?? "", user].sort().join("+")}`;
}
