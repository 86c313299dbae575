// @ts-check
import { ChatError } from "./protocol.js";
import { words } from "./words.js";

/** @typedef {import("./room.js").Room} Room */
/** @typedef {import("./protocol.js").Status} Status */
/** @typedef {import("./protocol.js").Role} Role */

const STATUS_TRIES = 3;
const ENTERING_TAKES = 5_000; // ms at most from becoming a member to hearing of it

/** Coming into rooms and going out of them; who is in them, and as what. What is done here may be refused. */
export class Membership {
  /** Who waits to hear of a room. @type {Map<string, () => void>} */ #awaited = new Map();

  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.chat = chat;
    this.socket = chat.socket;
  }

  /** A room is among ours now. @param {string} id */
  entered(id) {
    this.#awaited.get(id)?.();
  }

  /** @param {string} id */
  async join(id) {
    if (id.startsWith("dm:")) throw new ChatError({ code: "not_member", message: words.room.notYours });
    await this.socket.ask("join", { room: id }, joined => {
      // The events are left to `history`, which has them folded; those after them come as frames.
      const head = joined.events.at(-1)?.seq ?? joined.room.head;
      if (!this.chat.rooms.get(id)?.watched) this.chat.know({ ...joined.room, head });
    });
    this.chat.changed("rooms");
  }

  /** @param {string} id @param {string} name @param {string} topic @param {"public" | "private"} visibility */
  async create(id, name, topic, visibility) {
    await this.socket.call("create", { room: id, name, topic, visibility });
  }

  /** @param {Room} room */
  async leave(room) {
    await this.socket.call("leave", { room: room.id });
    this.chat.forget(room.id, { kind: "left", by: room.me });
  }

  /** The direct room with somebody, once it is among ours. @param {string} user @returns {Promise<string>} */
  async direct(user) {
    const { room } = await this.socket.ask("dm", { user });
    // It cannot be joined: one is a member, and hears of it soon after the answer.
    if (!this.chat.rooms.has(room)) {
      await new Promise(go => {
        this.#awaited.set(room, () => go(undefined));
        setTimeout(go, ENTERING_TAKES);
      });
      this.#awaited.delete(room);
    }
    return room;
  }

  /** The public rooms. @param {string} query @param {string} [after] */
  async browse(query, after) {
    return await this.socket.ask("rooms", { ...(query ? { query } : {}), ...(after ? { after } : {}) });
  }

  /** The participants: the first page, or the next one after those we have. @param {Room} room @param {boolean} [next] */
  async load(room, next = false) {
    const after = next ? room.moreMembers : null;
    const status = await this.#fresh(room, after);
    if (next && !room.members) return; // a gap took them away meanwhile
    room.members = new Map([...next && room.members || [], ...status.members.map(member => /** @type {const} */ ([member.user, member]))]);
    room.moreMembers = status.more ? status.members.at(-1)?.user ?? null : null;
    room.stale = false;
    room.topic = status.topic;
    room.visibility = status.visibility;
    room.slow = status.slow ?? 0;
    for (const { user, name, online, lastActive, read = 0 } of status.members) {
      this.chat.people.learn(user, { name, online, lastActive });
      room.readBy(user, read);
    }
    this.chat.changed("members", "messages", "rooms");
  }

  /** A page of participants that nobody came to or went from while it was on its way; where that never ends, the last one. @param {Room} room @param {string | null} after @returns {Promise<Status>} */
  async #fresh(room, after) {
    for (let tries = 1; ; tries++) {
      const { comings } = room;
      const status = await this.socket.ask("status", { room: room.id, ...(after ? { after } : {}) });
      if (room.comings === comings || tries === STATUS_TRIES) return status;
    }
  }

  /** The room as the server knows it now. @param {string} room @returns {Promise<Status>} */
  status(room) {
    return this.socket.ask("status", { room });
  }

  /** @param {string} room @param {{ name?: string, topic?: string, visibility?: string, slow?: number }} change */
  configure(room, change) {
    return this.socket.call("configure", { room, ...change });
  }

  /** Erases the room and everything in it. @param {string} room */
  destroy(room) {
    return this.socket.call("destroy", { room });
  }

  /** @param {string} room @param {string} user */
  invite(room, user) {
    return this.socket.call("invite", { room, user });
  }

  /** @param {string} room @param {string} user @param {string} [reason] */
  kick(room, user, reason) {
    return this.socket.call("kick", { room, user, ...reason ? { reason } : {} });
  }

  /** @param {string} room @param {string} user @param {string} [reason] */
  ban(room, user, reason) {
    return this.socket.call("ban", { room, user, ...reason ? { reason } : {} });
  }

  /** @param {string} room @param {string} user */
  unban(room, user) {
    return this.socket.call("unban", { room, user });
  }

  /** @param {string} room @param {string} user @param {Role} role */
  role(room, user, role) {
    return this.socket.call("role", { room, user, role });
  }

  /** From now on neither of the two says anything to the other alone. @param {string} user */
  async block(user) {
    await this.socket.call("block", { user });
    this.chat.people.block(user, true);
  }

  /** @param {string} user */
  async unblock(user) {
    await this.socket.call("unblock", { user });
    this.chat.people.block(user, false);
  }
}
