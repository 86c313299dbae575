// @ts-check
/** @typedef {import("./protocol.js").Role} Role */
/** @typedef {import("./protocol.js").User} User */
/** @typedef {import("./room.js").Room} Room */

/** As the server ranks people in a room (docs/PROTOCOL.md, "Who may do what"); it decides, this only offers. */
const RANKS = { member: 1, moderator: 2, owner: 3 };
const ADMINISTRATOR = 4;

/** @param {User | null} me @param {Room} room */
function rank(me, room) {
  return room.direct ? RANKS.member : me?.admin ? ADMINISTRATOR : RANKS[room.role];
}

/** Name, topic, slow mode, bans. @param {User | null} me @param {Room} room */
export const mayConfigure = (me, room) => rank(me, room) >= RANKS.moderator;

/** Who sees it, who is what in it, its end. @param {User | null} me @param {Room} room */
export const mayOwn = (me, room) => rank(me, room) >= RANKS.owner;

/** @param {Room} room */
export const mayInvite = room => !room.direct;

/** To kick and ban: a moderator's hand reaches members, an owner's all. @param {User | null} me @param {Room} room @param {Role} other */
export const mayRemove = (me, room, other) =>
  rank(me, room) >= RANKS.owner || (rank(me, room) === RANKS.moderator && other === "member");
