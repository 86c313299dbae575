// @ts-check
import { ChatError, tolerate } from "./protocol.js";
import { ChatSocket } from "./socket.js";
import { drafts } from "./drafts.js";
import { Drawing } from "./drawing.js";
import { isolated } from "./element.js";
import { explain, words } from "./words.js";
import { History } from "./history.js";
import { Membership } from "./membership.js";
import { News } from "./news.js";
import { Notices } from "./notices.js";
import { People } from "./people.js";
import { Room } from "./room.js";
import { Talk } from "./talk.js";

/** @typedef {import("./protocol.js").Welcome} Welcome */
/** @typedef {import("./protocol.js").RoomEntry} RoomEntry */
/** @typedef {"line" | "rooms" | "messages" | "members" | "typing"} Topic */
/** A message that was asked for by its number, or the first new one, whatever its number. @typedef {{ seq: number, firstNew?: boolean }} Target */
/** How one lost a room: an event's kind, or `gone`, or nothing that is known. @typedef {{ kind: string, by: string, reason?: string }} Loss */

const NOTICE_LASTS = 6_000; // ms

/** Everything that one signed-in person sees: their rooms, the open one, the people. The page draws it. */
export class Chat {
  /** @type {Map<string, Room>} */ rooms = new Map();
  /** @type {import("./protocol.js").User | null} */ me = null;
  /** The open room. @type {Room | null} */ room = null;
  /** The message that is to be shown in it, or the first one after it; another object each time. @type {Target | null} */ target = null;
  /** Why a room that was asked for is not open: a heading, and a sentence. @type {{ title: string, why: string } | null} */ refused = null;
  /** @type {import("./socket.js").Line} */ line = { state: "connecting" };
  /** What just happened or did not work, for people. @type {string | null} */ notice = null;
  textLimit = 4000;
  /** Whether the open room is in sight: on a narrow page the list of rooms may stand in its place. */ inSight = () => true;
  /** Shows who somebody is: a press on a name, wherever it stands. @type {(user: string) => void} */ profile = () => {};
  /** What was asked for last. A slower answer to something else does not change what is open. */ #wanted = "";
  #arrived = false;
  /** @type {((topics: Set<Topic>) => void)[]} */ #listeners = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #silence;
  #end = new AbortController();
  /** Aborted when this visit is over: what listens on its behalf goes with it. */ ended = this.#end.signal;
  #drawing = new Drawing(topics => this.#listeners.forEach(listener => listener(topics)), this.ended);

  /**
   * @param {{ token?: string, guest?: string }} credentials
   * @param {(welcome: Welcome) => void} welcomed
   * @param {(why: ChatError) => void} stopped
   */
  constructor(credentials, welcomed, stopped) {
    this.people = new People(
      async users => (await this.socket.ask("who", { users })).users,
      () => this.changed("rooms", "messages", "members", "typing"));
    this.onWelcome = welcomed;
    this.news = new News(this);
    this.notices = new Notices(this);
    this.socket = new ChatSocket(credentials, {
      marks: () => Object.fromEntries([...this.rooms.values()].filter(room => room.watched).map(room => [room.id, room.seq])),
      welcomed: welcome => this.#welcomed(welcome),
      pushed: push => this.news.take(push),
      changed: line => {
        this.line = line;
        this.changed("line");
      },
      stopped,
    });
    this.history = new History(this.socket);
    this.membership = new Membership(this);
    this.talk = new Talk(this);
  }

  /** @param {(topics: Set<Topic>) => void} listener  called once for all that changed since the last frame */
  listen(listener) {
    this.#listeners.push(listener);
  }

  /** What is to be drawn anew, with the next frame. @param {Topic[]} topics */
  changed(...topics) {
    this.#drawing.now(topics);
  }

  /** The same, of what others did: that may come many times a second. @param {Topic[]} topics */
  heard(...topics) {
    this.#drawing.inTime(topics);
  }

  /** @param {Welcome} welcome */
  #welcomed(welcome) {
    this.me = welcome.user;
    this.textLimit = welcome.limits.text;
    this.people.learn(welcome.user.id, { name: welcome.user.name, online: true });
    if (welcome.blocked) this.people.blockOnly(welcome.blocked);
    drafts.belongTo(welcome.user.id);
    const ours = new Set(welcome.rooms.map(entry => entry.room));
    for (const id of this.rooms.keys()) if (!ours.has(id)) this.forget(id);
    for (const entry of welcome.rooms) this.know(entry);
    this.people.renew([...this.rooms.values()].filter(room => room.direct).map(room => room.peer));
    for (const room of this.rooms.values()) room.stale = true; // who came and went meanwhile, nobody told us
    if (this.room) void this.#fill(this.room, this.room.loaded ? undefined : this.history.latest(this.room)); // what a gap took away
    this.onWelcome(welcome);
    if (!this.#arrived) this.talk.resume(this);
    this.#arrived = true;
    this.changed("rooms", "messages", "members");
  }

  /** A room is ours. @param {RoomEntry} entry */
  know(entry) {
    const known = this.rooms.get(entry.room);
    if (known) known.resume(entry);
    else this.rooms.set(entry.room, new Room(entry, this.me?.id ?? ""));
    this.membership.entered(entry.room);
  }

  /** A room is not ours any more. @param {string} id @param {Loss} [loss] none where it is not known */
  forget(id, loss) {
    const room = this.rooms.get(id);
    this.rooms.delete(id);
    if (room) {
      const said = loss?.reason ? { ...loss, reason: isolated(loss.reason) } : loss;
      const why = words.room.loss(said, isolated(room.name), loss?.by ? isolated(this.people.name(loss.by)) : "");
      const wished = loss?.by === this.me?.id;
      if (room === this.room) {
        this.room = null;
        this.refused = wished ? null : { title: words.room.lost, why };
      } else if (loss && !wished) this.say(why);
    }
    this.changed("rooms", "messages", "members", "typing");
  }

  /**
   * Shows a room, joining it first where we are no member, and in it a message by its number.
   * @param {string} id @param {number} [seq]
   */
  async show(id, seq) {
    this.refused = null;
    this.#wanted = id;
    try {
      if (!this.rooms.has(id)) await this.membership.join(id);
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      if (this.#wanted !== id) return;
      this.room = null;
      this.refused = { title: words.room.closed, why: explain(error) };
      this.changed("rooms", "messages", "members");
      return;
    }
    const room = this.rooms.get(id);
    if (!room || this.#wanted !== id) return;
    this.room = room;
    this.target = seq ? { seq } : null;
    this.changed("rooms", "messages", "members", "typing");
    const there = room.loaded && !room.stretch.newer;
    await this.#fill(room, seq ? this.history.around(room, seq) : there ? undefined : this.history.latest(room));
  }

  /** @param {Room} room @param {Promise<void>} [load] of its messages */
  async #fill(room, load) {
    await tolerate(
      ...load ? [load.then(() => this.changed("messages", "rooms"))] : [],
      ...room.stale ? [this.membership.load(room)] : []);
  }

  /** More of a room's history, before or after what there is. @param {Room} room @param {"older" | "newer"} end */
  async more(room, end) {
    if (await this.history.more(room, end)) this.changed("messages");
  }

  /** The first of the new messages of the open room. @param {Room} room @param {number} read the number before it */
  async toFirstNew(room, read) {
    this.target = { seq: read + 1, firstNew: true };
    await this.#fill(room, this.history.around(room, read + 1));
  }

  /** The latest messages of the open room, where some of its past is shown. @param {Room} room */
  async toLatest(room) {
    this.target = null;
    if (!room.stretch.newer) return;
    await tolerate(this.history.latest(room));
    this.changed("messages");
  }

  /** Whether somebody is looking at the end of a room just now. @param {Room} room */
  seeing(room) {
    return room === this.room && room.atEnd && this.inSight() && document.visibilityState === "visible" && document.hasFocus();
  }

  /** Tells people something, for a while. @param {string} notice */
  say(notice) {
    this.notice = notice;
    this.changed("line");
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.notice = null;
      this.changed("line");
    }, NOTICE_LASTS);
  }

  /** Does something that may be refused; a refusal is shown for a while. @param {Promise<any>} work @returns {Promise<boolean>} */
  async attempt(work) {
    try {
      await work;
      return true;
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      this.say(explain(error));
      return false;
    }
  }

  /** Signs off for good. */
  stop() {
    this.#end.abort();
    this.socket.stop();
  }
}
