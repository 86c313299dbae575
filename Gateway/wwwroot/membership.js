// @ts-check
/** @typedef {import("./protocol.js").Role} Role */

/** Who is in a room and as what, and what the room is: the operations on it. Each may be refused. */
export class Membership {
  /** @param {import("./socket.js").ChatSocket} socket @param {import("./people.js").People} people */
  constructor(socket, people) {
    this.socket = socket;
    this.people = people;
  }

  /** The room as the server knows it now. @param {string} room @returns {Promise<import("./protocol.js").Status>} */
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
    this.people.block(user, true);
  }

  /** @param {string} user */
  async unblock(user) {
    await this.socket.call("unblock", { user });
    this.people.block(user, false);
  }
}
