// @ts-check
import { ChatError, tolerate } from "./protocol.js";
import { ChatSocket } from "./socket.js";
import { People } from "./people.js";
import { drafts } from "./drafts.js";
import { loadLatest, loadMembers, loadOlder } from "./history.js";
import { Membership } from "./membership.js";
import { Room } from "./room.js";
import { Talk } from "./talk.js";

/** @typedef {import("./protocol.js").Welcome} Welcome */
/** @typedef {import("./protocol.js").Push} Push */
/** @typedef {import("./protocol.js").RoomEntry} RoomEntry */
/** @typedef {"line" | "rooms" | "messages" | "members" | "typing"} Topic */

const ABOUT_MEMBERS = new Set(["joined", "left", "invited", "kicked", "banned", "role"]);
const TYPING_LASTS = 5_000; // ms after which somebody who said no more is not typing
const NOTICE_LASTS = 6_000;
const ENTERING_TAKES = 5_000; // ms at most from becoming a member to hearing of it

/** Everything that one signed-in person sees: their rooms, the open one, the people. The page draws it. */
export class Chat {
  /** @type {Map<string, Room>} */ rooms = new Map();
  /** @type {import("./protocol.js").User | null} */ me = null;
  /** The open room. @type {Room | null} */ room = null;
  /** A room that was asked for and cannot be opened. @type {string | null} */ refused = null;
  /** @type {"connecting" | "live" | "waiting"} */ line = "connecting";
  /** What just did not work, for people. @type {string | null} */ notice = null;
  textLimit = 4000;
  /** Shows who somebody is: whatever names a person calls it. @type {(user: string) => void} */ profile = () => {};
  /** @type {Set<Topic>} */ #dirty = new Set();
  /** @type {((topics: Set<Topic>) => void)[]} */ #listeners = [];
  /** Who waits to hear of a room. @type {Map<string, () => void>} */ #awaited = new Map();
  #end = new AbortController();
  /** Aborted when this visit is over: what listens on its behalf goes with it. */ ended = this.#end.signal;

  /**
   * @param {{ token?: string, guest?: string }} credentials
   * @param {(welcome: Welcome) => void} welcomed
   * @param {(why: ChatError) => void} stopped
   */
  constructor(credentials, welcomed, stopped) {
    this.people = new People(
      async users => (await this.socket.ask("who", { users })).users,
      () => this.#changed("rooms", "messages", "members", "typing"));
    this.onWelcome = welcomed;
    this.socket = new ChatSocket(credentials, {
      marks: () => Object.fromEntries([...this.rooms.values()].filter(room => room.watched).map(room => [room.id, room.seq])),
      welcomed: welcome => this.#welcomed(welcome),
      pushed: push => this.#pushed(push),
      changed: state => {
        this.line = state;
        this.#changed("line");
      },
      stopped,
    });
    this.membership = new Membership(this.socket, this.people);
    this.talk = new Talk(this.socket, () => this.#changed("messages", "rooms"));
  }

  /** @param {(topics: Set<Topic>) => void} listener  called once for all that changed in one turn */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** @param {Topic[]} topics */
  #changed(...topics) {
    if (this.#dirty.size === 0) {
      queueMicrotask(() => {
        const dirty = this.#dirty;
        this.#dirty = new Set();
        for (const listener of this.#listeners) listener(dirty);
      });
    }
    for (const topic of topics) this.#dirty.add(topic);
  }

  /** @param {Welcome} welcome */
  #welcomed(welcome) {
    this.me = welcome.user;
    this.textLimit = welcome.limits.text;
    this.people.learn(welcome.user.id, { name: welcome.user.name, online: true });
    if (welcome.blocked) this.people.blockOnly(welcome.blocked);
    drafts.belongTo(welcome.user.id);
    const ours = new Set(welcome.rooms.map(entry => entry.room));
    for (const id of this.rooms.keys()) if (!ours.has(id)) this.#forget(id);
    for (const entry of welcome.rooms) this.#know(entry);
    for (const room of this.rooms.values()) room.stale = true; // who came and went meanwhile, nobody told us
    this.onWelcome(welcome);
    if (this.room) this.open(this.room.id); // what a gap took away is loaded again
    this.#changed("rooms", "messages", "members");
  }

  /** @param {RoomEntry} entry */
  #know(entry) {
    const known = this.rooms.get(entry.room);
    if (known) known.resume(entry);
    else this.rooms.set(entry.room, new Room(entry, this.me?.id ?? ""));
    this.#awaited.get(entry.room)?.();
  }

  /** @param {string} id */
  #forget(id) {
    this.rooms.delete(id);
    if (this.room?.id === id) {
      this.room = null;
      this.refused = "You are no longer a member of this room.";
    }
    this.#changed("rooms", "messages", "members", "typing");
  }

  /** @param {Push} push */
  #pushed(push) {
    const room = this.rooms.get(push.room);
    switch (push.ev) {
      case "events":
        if (room) this.#happened(room, push);
        break;
      case "room": {
        const entry = /** @type {any} */ (push).room;
        if (!this.rooms.has(entry.room)) this.#know(entry);
        this.#changed("rooms");
        break;
      }
      case "presence":
        room?.presence(push);
        for (const user of push.online ?? []) this.people.seen(user, true);
        for (const user of push.offline ?? []) this.people.seen(user, false);
        this.#changed("members", "rooms");
        break;
      case "typing":
        if (!room || push.user === this.me?.id) break;
        room.typing.set(push.user, Date.now() + TYPING_LASTS);
        setTimeout(() => this.#changed("typing"), TYPING_LASTS + 100);
        this.#changed("typing");
        break;
      case "read":
        if (push.user === this.me?.id) room?.markRead(push.seq);
        this.#changed("rooms");
        break;
      case "notice":
        if (push.kind === "mention" && room && room !== this.room) room.mentions++;
        this.#changed("rooms");
        break;
      case "gone":
        this.#forget(push.room);
        break;
    }
  }

  /** @param {Room} room @param {Push} push */
  #happened(room, { events }) {
    if (!room.apply(events)) return this.socket.resync();
    const lost = events.some(event => (event.kind === "left" && event.by === this.me?.id)
      || ((event.kind === "kicked" || event.kind === "banned") && event.user === this.me?.id));
    if (lost) return this.#forget(room.id);
    this.#changed("rooms", "messages", "typing");
    if (events.some(event => ABOUT_MEMBERS.has(event.kind))) this.#changed("members");
  }

  /** Shows a room, joining it first where we are no member. @param {string} id */
  async open(id) {
    this.refused = null;
    try {
      if (!this.rooms.has(id) && id.startsWith("dm:")) throw new ChatError({ code: "not_member", message: "This conversation is not yours." });
      if (!this.rooms.has(id)) await this.join(id);
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      this.room = null;
      this.refused = error.message;
      this.#changed("rooms", "messages", "members");
      return;
    }
    const room = this.rooms.get(id);
    if (!room) return;
    this.room = room;
    this.#changed("rooms", "messages", "members", "typing");
    await tolerate(
      ...room.watched ? [] : [loadLatest(this.socket, room).then(() => this.#changed("messages", "rooms"))],
      ...room.stale ? [this.loadMembers(room)] : []);
  }

  /** @param {Room} room */
  async loadOlder(room) {
    await tolerate(loadOlder(this.socket, room));
    this.#changed("messages");
  }

  /** @param {Room} room @param {boolean} [next] the page after those we have */
  async loadMembers(room, next = false) {
    await loadMembers(this.socket, room, this.people, next);
    this.#changed("members", "messages", "rooms");
  }

  /** @param {string} id */
  async join(id) {
    await this.socket.ask("join", { room: id }, joined => {
      // The events are left to `history`, which has them folded; those after them come as frames.
      const head = joined.events.at(-1)?.seq ?? joined.room.head;
      if (!this.rooms.get(id)?.watched) this.#know({ ...joined.room, head });
    });
    this.#changed("rooms");
  }

  /** @param {string} id @param {string} name @param {string} topic @param {"public" | "private"} visibility */
  async create(id, name, topic, visibility) {
    await this.socket.call("create", { room: id, name, topic, visibility });
  }

  /** @param {Room} room */
  async leave(room) {
    await this.socket.call("leave", { room: room.id });
    this.#forget(room.id);
  }

  /** The direct room with somebody, once it is among ours. @param {string} user @returns {Promise<string>} */
  async direct(user) {
    const { room } = await this.socket.ask("dm", { user });
    // It cannot be joined: one is a member, and hears of it soon after the answer.
    if (!this.rooms.has(room)) {
      await new Promise(go => {
        this.#awaited.set(room, () => go(undefined));
        setTimeout(go, ENTERING_TAKES);
      });
      this.#awaited.delete(room);
    }
    return room;
  }

  /** @param {string} query @param {string} [after] */
  async browse(query, after) {
    return await this.socket.ask("rooms", { ...(query ? { query } : {}), ...(after ? { after } : {}) });
  }

  /** Does something that may be refused; a refusal is shown for a while. @param {Promise<any>} work @returns {Promise<boolean>} */
  async attempt(work) {
    try {
      await work;
      return true;
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      const notice = this.notice = error.message;
      this.#changed("line");
      setTimeout(() => {
        if (this.notice === notice) this.notice = null;
        this.#changed("line");
      }, NOTICE_LASTS);
      return false;
    }
  }

  /** Signs off for good. */
  stop() {
    this.#end.abort();
    this.socket.stop();
  }
}
