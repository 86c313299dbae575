// @ts-check
/** @typedef {import("../../room.js").Room} Room */

const SMALL = 25; // members; in larger rooms it would be a crowd

/** The last answer, since every row of a log asks the same. @type {{ of: unknown[], readers: Map<number, string[]> }} */
let last = { of: [], readers: new Map() };

/**
 * Who has read up to a message of one's own, in a small room: only of the last stretch of one's own messages, and
 * without those who have said something since. So it is quiet, and says what one does not see anyway.
 * @param {Room} room @param {number} seq @returns {string[]}
 */
export function readersOf(room, seq) {
  const of = [room, room.messages, room.reads, room.members, room.members?.size];
  if (of.some((part, i) => part !== last.of[i])) last = { of, readers: readers(room) };
  return last.readers.get(seq) ?? [];
}

/** @param {Room} room */
function readers({ messages, reads, members, moreMembers, me }) {
  /** @type {Map<number, string[]>} */
  const found = new Map();
  if (!members || members.size > SMALL || moreMembers) return found;
  const end = messages.findLastIndex(message => message.by === me);
  const start = messages.findLastIndex((message, i) => i < end && message.by !== me) + 1;
  const mine = messages.slice(start, end + 1);
  const spoke = new Set(messages.slice(end + 1).map(message => message.by));
  for (const user of members.keys()) {
    const read = reads.get(user) ?? 0;
    const seen = user !== me && !spoke.has(user) ? mine.findLast(message => message.seq <= read && !message.deleted) : undefined;
    if (seen) found.set(seen.seq, [...found.get(seen.seq) ?? [], user]);
  }
  return found;
}
