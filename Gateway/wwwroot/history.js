// @ts-check
/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./socket.js").ChatSocket} ChatSocket */
/** @typedef {import("./people.js").People} People */

const PAGE = 50;

/** The latest messages of a room that is opened. @param {ChatSocket} socket @param {Room} room */
export async function loadLatest(socket, room) {
  room.watched = true; // from now on, so that nothing falls between this page and the events after it
  try {
    await socket.ask("history", { room: room.id, limit: PAGE }, page => room.load(page.messages, page.more));
  } finally {
    if (!room.loaded) room.watched = false;
  }
}

/** The messages before the first one. @param {ChatSocket} socket @param {Room} room */
export async function loadOlder(socket, room) {
  const before = room.messages[0]?.seq;
  if (!room.loaded || !room.more || before === undefined) return;
  await socket.ask("history", { room: room.id, before, limit: PAGE }, page => room.load(page.messages, page.more));
}

/** The participants: the first page, or the next one after those we have. @param {ChatSocket} socket @param {Room} room @param {People} people @param {boolean} next */
export async function loadMembers(socket, room, people, next) {
  const known = next ? room.members : null;
  const after = next ? room.moreMembers : null;
  /** @type {import("./protocol.js").Status} */
  const status = await socket.ask("status", { room: room.id, ...(after ? { after } : {}) });
  room.members = new Map([...known ?? [], ...status.members.map(member => /** @type {const} */ ([member.user, member]))]);
  room.moreMembers = status.more ? status.members.at(-1)?.user ?? null : null;
  room.stale = false;
  room.topic = status.topic;
  room.visibility = status.visibility;
  room.slow = status.slow ?? room.slow;
  for (const { user, name, online, lastActive } of status.members) people.learn(user, { name, online, lastActive });
}
