// @ts-check
import { el, icon, iconButton } from "../../element.js";
import { words } from "../../words.js";
import { MessageRow } from "./message.js";
import { nothing, outline } from "./outline.js";
import { Rows } from "./rows.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../protocol.js").Message} Message */

const NEAR = 80; // px from the bottom that still count as being there
const EARLY = 600; // px from either end at which more is fetched

/**
 * What was said in the open room. The view stays at the end while one is there; elsewhere what one reads does not move,
 * whatever comes in before or after it.
 */
export class MessageLog {
  #root = el("div", { class: "log-rows", role: "log", "aria-label": words.log.label });
  #latest = el("button", { type: "button", class: "latest", hidden: true, on: { click: () => this.toLatest() } });
  #scroller = el("div", { class: "log-scroller", tabindex: "-1" }, this.#root);
  #newWords = el("span");
  #new = el("div", { class: "log-new", hidden: true }, this.#newWords,
    el("button", { type: "button", class: "link", text: words.log.firstNew, on: { click: () => this.#toFirstNew() } }),
    iconButton("close", words.common.close, () => this.#told()));
  #rows = new Rows(this.#root, this.#scroller);
  /** @type {Room | null} */ #room = null;
  /** What of it is drawn: another one after a gap. @type {object | undefined} */ #transcript;
  /** The number after which messages are new. @type {number | null} */ #mark = null;
  /** How many messages were new when the room was opened, until one has been where they begin. */ #toTell = 0;
  /** Whether the end was asked for and is not there yet. */ #awaitsEnd = false;
  /** The number of the message that one was at last. @type {string | undefined} */ #visited;
  /** The message that Tab leads to. @type {HTMLElement | null} */ #reached = null;
  /** The last target that was shown. @type {object | null} */ #shown = null;
  /** Whether the log has any height: to ask it itself would lay out the page at each message. */ #inSight = false;

  /** @param {Chat} chat @param {import("./message.js").Desk} desk */
  constructor(chat, desk) {
    this.chat = chat;
    this.desk = desk;
    this.row = new MessageRow(chat, desk);
    chat.inSight = () => this.#inSight;
    this.root = el("div", { class: "log" }, this.#new, this.#scroller, this.#latest);
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#root.addEventListener("keydown", event => this.#walk(event));
    this.#root.addEventListener("focusin", event => this.#reach(/** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest(".message"))));
    new ResizeObserver(() => this.#resized()).observe(this.#scroller);
    for (const [target, event] of /** @type {const} */ ([[document, "visibilitychange"], [window, "focus"]])) {
      target.addEventListener(event, () => this.#seen(), { signal: chat.ended });
    }
  }

  update() {
    const { room, refused, target } = this.chat;
    if (room !== this.#room || room?.transcript !== this.#transcript) this.#open(room);
    if (room && room.unread > 0 && room.read > (this.#mark ?? -1) && this.#missed(room)) this.#mark = room.read;
    if (room?.loaded && !room.stretch.newer) this.#awaitsEnd = false;
    const busy = String(!room?.loaded); // a whole room at once is not read out
    if (this.#root.ariaBusy !== busy) this.#root.ariaBusy = busy;
    this.#rows.draw(room ? outline(this.chat, room, this.row, this.#mark) : nothing(refused), !room?.atEnd);
    this.#reach();
    if (room && target && target !== this.#shown && this.#has(room, target.seq)) this.#reveal(target);
    else if (room?.atEnd || this.#awaitsEnd) this.#toBottom();
    this.#look();
  }

  /** All that depends on where one is. What is measured comes first, so that the page is laid out once. */
  #look() {
    this.#fetch();
    this.#drawAround();
    this.#seen();
  }

  #resized() {
    this.#inSight = this.#scroller.clientHeight > 0;
    if (this.#room?.atEnd) this.#toBottom();
    this.#seen();
  }

  /** @param {Room | null} room */
  #open(room) {
    if (room !== this.#room) this.chat.talk.deletions.flush(); // who goes away has decided
    if (this.#room && room !== this.#room) this.#room.reloaded = false;
    this.#room = room;
    this.#visited = undefined;
    this.#transcript = room?.transcript;
    this.#rows.clear();
    this.#mark = room?.unread ? room.read : null;
    this.#toTell = room?.unread ?? 0;
    if (room) room.atEnd = this.#awaitsEnd = true;
  }

  /** Whether what is unread came while nobody looked, or is still to come after a break. @param {Room} room */
  #missed(room) {
    return room.missed || !this.chat.seeing(room) || room.stretch.last <= room.read;
  }

  /** Whether the place of a number is in what the page has. @param {Room} room @param {number} seq */
  #has({ loaded, stretch }, seq) {
    return loaded && (!stretch.older || seq >= stretch.first) && (!stretch.newer || seq <= stretch.last);
  }

  /** @param {import("../../chat.js").Target} target */
  #reveal(target) {
    const room = /** @type {Room} */ (this.#room);
    this.#shown = target;
    const message = room.messages.find(({ seq }) => seq >= target.seq) ?? room.messages.at(-1);
    const row = message && this.#rows.at(`${message.seq}`);
    if (!message || !row) return;
    room.atEnd = this.#awaitsEnd = false;
    row.scrollIntoView({ block: target.firstNew ? "start" : "center" });
    if (target.firstNew) this.#scroller.scrollTop -= NEAR; // the mark above it is to be seen, too
    else if (message.seq !== target.seq || message.deleted) this.chat.say(words.log.notThere);
    else row.classList.add("target");
    row.focus({ preventScroll: true });
    this.#scrolled();
  }

  /** What stands over the log: how many messages are new above what is seen, and the way to the latest. */
  #drawAround() {
    const room = this.#room;
    const { top } = this.#scroller.getBoundingClientRect();
    const mark = this.#rows.at("mark");
    if (room?.loaded && mark && mark.getBoundingClientRect().bottom > top) this.#toTell = 0;
    const above = room?.loaded && this.#mark !== null && this.#toTell > 0 && (mark !== undefined || room.stretch.first > this.#mark);
    this.#new.hidden = !above && !room?.reloaded;
    const said = [room?.reloaded && words.log.reloaded, above && words.log.unread(this.#toTell)].filter(Boolean).join(" ");
    if (this.#newWords.textContent !== said) this.#newWords.textContent = said;
    this.#latest.hidden = !room?.loaded || room.atEnd;
    const label = room?.unread ? words.log.unread(room.unread) : words.log.latest;
    if (this.#latest.textContent !== label) this.#latest.replaceChildren(icon("down"), label);
  }

  #told() {
    this.#toTell = 0;
    if (this.#room) this.#room.reloaded = false;
    this.#new.hidden = true;
  }

  #scrolled() {
    const room = this.#room;
    if (!room) return;
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    room.atEnd = (this.#awaitsEnd || !room.stretch.newer) && scrollHeight - scrollTop - clientHeight < NEAR;
    this.#look();
  }

  #toBottom() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  /** To the latest message, to stay there. */
  toLatest() {
    const room = this.#room;
    if (!room) return;
    room.atEnd = this.#awaitsEnd = true;
    void this.chat.toLatest(room);
    this.update();
  }

  #toFirstNew() {
    if (this.#room && this.#mark !== null) void this.chat.toFirstNew(this.#room, this.#mark);
    this.#told();
  }

  /** Whoever looks at the end of the room has read it. */
  #seen() {
    if (this.#room && this.chat.seeing(this.#room)) this.chat.talk.read(this.#room);
  }

  /** What comes before and after, in time. */
  #fetch() {
    const room = this.#room;
    if (!room?.loaded) return;
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    if (room.stretch.older && scrollTop < EARLY) void this.chat.more(room, "older");
    if (room.stretch.newer && scrollHeight - scrollTop - clientHeight < EARLY) void this.chat.more(room, "newer");
  }

  /** One message is reached by Tab: the one that one was at last, or the latest. @param {HTMLElement | null} [row] where one is now */
  #reach(row) {
    if (row) this.#visited = row.dataset.seq;
    const here = row ?? this.#rows.at(this.#visited ?? "") ?? /** @type {HTMLElement | null} */ (this.#root.querySelector(":scope > .message:last-child"));
    if (here === this.#reached) return;
    this.#reached?.setAttribute("tabindex", "-1");
    here?.setAttribute("tabindex", "0");
    this.#reached = here;
  }

  /** Arrow keys go from message to message; Tab then reaches what can be done with one. @param {KeyboardEvent} event */
  #walk(event) {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const here = /** @type {HTMLElement} */ (event.target).closest(".message");
    const rows = /** @type {HTMLElement[]} */ ([...this.#root.querySelectorAll(".message")]);
    const there = rows[rows.indexOf(/** @type {HTMLElement} */ (here)) + (event.key === "ArrowUp" ? -1 : 1)];
    if (!there) return;
    event.preventDefault();
    there.focus();
  }

  /** Begins to edit one's own latest message. */
  editLast() {
    const room = this.#room;
    if (!room || room.stretch.newer) return; // the latest is not here
    const mine = room.messages.findLast(message => message.by === room.me && !message.deleted && this.chat.talk.deletions.state(room, message.seq) === "no");
    if (mine) this.desk.edit(mine);
  }
}
