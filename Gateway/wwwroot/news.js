// @ts-check
/** @typedef {import("./protocol.js").Push} Push */
/** @typedef {import("./protocol.js").RoomEvent} RoomEvent */
/** @typedef {import("./room.js").Room} Room */

const ABOUT_MEMBERS = new Set(["joined", "left", "invited", "kicked", "banned", "role"]);
const TYPING_LASTS = 5_000; // ms after which somebody who said no more is not typing

/** What the server says without being asked, and what it changes here. */
export class News {
  /** @param {import("./chat.js").Chat} chat */
  constructor(chat) {
    this.chat = chat;
  }

  /** @param {Push} push */
  take(push) {
    const { chat } = this;
    const room = chat.rooms.get(push.room);
    switch (push.ev) {
      case "events":
        if (room) this.#happened(room, push.events);
        break;
      case "room": {
        const entry = /** @type {any} */ (push).room;
        if (!chat.rooms.has(entry.room)) chat.know(entry);
        chat.changed("rooms");
        break;
      }
      case "presence":
        if (!room) break;
        room.comings++;
        room.presence(push);
        for (const user of push.online ?? []) chat.people.seen(user, true);
        for (const user of push.offline ?? []) chat.people.seen(user, false);
        chat.heard("members", "rooms");
        break;
      case "typing":
        if (!room || push.user === chat.me?.id || chat.people.blocked(push.user)) break;
        room.typing.set(push.user, Date.now() + TYPING_LASTS);
        setTimeout(() => chat.heard("typing"), TYPING_LASTS + 100);
        chat.heard("typing");
        break;
      case "read":
        if (push.user === chat.me?.id) room?.markRead(push.seq);
        else room?.readBy(push.user, push.seq);
        chat.heard("rooms", "messages");
        break;
      case "notice":
        if (push.kind === "mention" && room && push.seq > room.read && !chat.seeing(room)) room.mentions++;
        chat.notices.take(push);
        chat.heard("rooms");
        break;
      case "gone":
        chat.forget(push.room, { kind: "gone", by: "" });
        break;
    }
  }

  /** @param {Room} room @param {RoomEvent[]} events */
  #happened(room, events) {
    const { chat } = this;
    if (!room.apply(events)) return chat.socket.resync();
    const me = chat.me?.id;
    const lost = events.find(event => (event.kind === "left" && event.by === me)
      || ((event.kind === "kicked" || event.kind === "banned") && event.user === me));
    if (lost) return chat.forget(room.id, lost);
    if (!room.missed && chat.seeing(room)) chat.talk.read(room); // it is not unread for as long as a frame
    chat.heard("rooms", "messages", "typing");
    if (!events.some(event => ABOUT_MEMBERS.has(event.kind))) return;
    room.comings++;
    chat.heard("members");
  }
}
