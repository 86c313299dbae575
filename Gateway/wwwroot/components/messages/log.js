// @ts-check
import { el, icon } from "../../element.js";
import { dayName, dayOf } from "../../times.js";
import { MessageRow } from "./message.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../protocol.js").Message} Message */

const GROUP = 5 * 60_000; // ms; what one person says within it stands together
const NEAR = 80; // px from the bottom that still count as being there
const EARLY = 600; // px from the top at which older messages are fetched

/**
 * What was said in the open room. Rows are kept and only changed ones drawn anew; the view stays at the bottom
 * while one is there, and does not jump when older messages come in above.
 */
export class MessageLog {
  #rows = el("div", { class: "log-rows", role: "log", "aria-label": "Messages" });
  #latest = el("button", { type: "button", class: "latest", hidden: true, on: { click: () => this.toBottom() } }, icon("down"), "Latest messages");
  #scroller = el("div", { class: "log-scroller", tabindex: "-1" }, this.#rows);
  /** What is drawn, by key. @type {Map<string, { signature: string, node: HTMLElement }>} */ #drawn = new Map();
  /** @type {Room | null} */ #room = null;
  #atBottom = true;
  #loading = false;

  /** @param {Chat} chat @param {(message: Message) => void} edit */
  constructor(chat, edit) {
    this.chat = chat;
    this.edit = edit;
    this.row = new MessageRow(chat, edit);
    this.root = el("div", { class: "log" }, this.#scroller, this.#latest);
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#rows.addEventListener("keydown", event => this.#walk(event));
    new ResizeObserver(() => this.#atBottom && this.toBottom()).observe(this.#scroller);
    document.addEventListener("visibilitychange", () => this.#seen(), { signal: chat.ended });
    addEventListener("focus", () => this.#seen(), { signal: chat.ended });
  }

  update() {
    const { room } = this.chat;
    if (room !== this.#room) {
      this.#room = room;
      this.#drawn.clear();
      this.#rows.replaceChildren();
      this.#atBottom = true;
    }
    const { scrollHeight, scrollTop } = this.#scroller;
    const top = this.#rows.querySelector("[data-seq]");
    this.#draw(room ? this.#wanted(room) : [["empty", "", () => empty(this.chat.refused ?? "")]]);
    if (this.#atBottom) this.toBottom();
    // What came in above moves the view by its height, and so is not seen to move it.
    else if (top && top !== this.#rows.querySelector("[data-seq]")) this.#scroller.scrollTop = scrollTop + this.#scroller.scrollHeight - scrollHeight;
    this.#rows.setAttribute("aria-busy", String(this.#loading));
    this.#seen();
    this.#fetchOlder();
  }

  /** Everything that should stand in the log: its key, what it depends on, and how to make it. @param {Room} room @returns {[string, string, () => HTMLElement][]} */
  #wanted(room) {
    if (!room.loaded) return [["loading", "", () => el("p", { class: "hint", text: "Opening…" })]];
    /** @type {[string, string, () => HTMLElement][]} */
    const wanted = [];
    if (!room.more) wanted.push(["start", room.name + room.topic, () => start(room, this.chat.people.name(room.peer))]);
    /** @type {Message | undefined} */
    let before;
    for (const message of room.messages) {
      const first = this.#begins(before, message);
      if (!before || dayOf(before.at) !== dayOf(message.at)) {
        const day = dayName(message.at);
        wanted.push([`day ${dayOf(message.at)}`, day, () => el("div", { class: "day" }, el("span", { text: day }))]);
      }
      wanted.push([`${message.seq}`, this.row.signature(room, message, first), () => this.row.make(room, message, first)]);
      before = message;
    }
    for (const post of room.pending) {
      if (post.seq !== undefined) continue; // it came back as a message already
      const message = { seq: 0, at: post.at, by: room.me, text: post.text };
      const first = this.#begins(before, message);
      wanted.push([`post ${post.key}`, `${first} ${post.failed ?? ""}`, () => this.row.makePending(room, post, first)]);
      before = message;
    }
    return wanted;
  }

  /** Whether a message begins a group of its own. @param {Message | undefined} before @param {Message} message */
  #begins(before, message) {
    return !before || before.by !== message.by || dayOf(before.at) !== dayOf(message.at)
      || Date.parse(message.at) - Date.parse(before.at) > GROUP;
  }

  /** @param {[string, string, () => HTMLElement][]} wanted */
  #draw(wanted) {
    const left = new Set(this.#drawn.keys());
    /** @type {ChildNode | null} */
    let next = this.#rows.firstChild;
    for (const [key, signature, make] of wanted) {
      let drawn = this.#drawn.get(key);
      left.delete(key);
      if (!drawn || drawn.signature !== signature) {
        const node = make();
        if (drawn) {
          if (drawn.node === next) next = next.nextSibling;
          const focused = drawn.node.contains(document.activeElement);
          drawn.node.remove();
          if (focused) queueMicrotask(() => node.focus({ preventScroll: true }));
        }
        drawn = { signature, node };
        this.#drawn.set(key, drawn);
      }
      if (drawn.node === next) next = next.nextSibling;
      else this.#rows.insertBefore(drawn.node, next);
    }
    for (const key of left) {
      this.#drawn.get(key)?.node.remove();
      this.#drawn.delete(key);
    }
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#atBottom = scrollHeight - scrollTop - clientHeight < NEAR;
    this.#latest.hidden = this.#atBottom;
    this.#seen();
    this.#fetchOlder();
  }

  /** To the latest message, to stay there. */
  toBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#atBottom = true;
    this.#latest.hidden = true;
  }

  /** Whoever looks at the end of the room has read it. */
  #seen() {
    if (this.#room && this.#atBottom && document.visibilityState === "visible" && document.hasFocus()) this.chat.talk.read(this.#room);
  }

  async #fetchOlder() {
    const room = this.#room;
    if (this.#loading || !room?.loaded || !room.more || this.#scroller.scrollTop > EARLY) return;
    this.#loading = true;
    try {
      await this.chat.loadOlder(room);
    } finally {
      this.#loading = false;
    }
    if (this.#room === room) this.update();
  }

  /** Arrow keys go from message to message; Tab then reaches what can be done with one. @param {KeyboardEvent} event */
  #walk(event) {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const here = /** @type {HTMLElement} */ (event.target).closest(".message");
    const rows = /** @type {HTMLElement[]} */ ([...this.#rows.querySelectorAll(".message")]);
    const there = rows[rows.indexOf(/** @type {HTMLElement} */ (here)) + (event.key === "ArrowUp" ? -1 : 1)];
    if (!there) return;
    event.preventDefault();
    there.focus();
  }

  /** Begins to edit one's own latest message. */
  editLast() {
    const mine = this.#room?.messages.findLast(message => message.by === this.#room?.me && !message.deleted);
    if (mine) this.edit(mine);
  }
}

/** @param {string} why */
function empty(why) {
  return el("div", { class: "empty" }, el("h2", { text: why ? "This room cannot be opened" : "No room is open" }),
    el("p", { text: why || "Pick a room from the list, or find a new one with +." }));
}

/** The beginning of a room's history. @param {Room} room @param {string} peer */
function start(room, peer) {
  const title = room.direct ? peer : room.name;
  return el("div", { class: "start" },
    el("h2", {}, room.direct ? "Your conversation with " : "Welcome to ", el("bdi", { text: title })),
    el("p", { text: room.direct ? "Only the two of you can read this." : "This is where it begins. Say hello!" }));
}
