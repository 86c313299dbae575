// @ts-check
import { addressOf } from "../../address.js";
import { drafts } from "../../drafts.js";
import { avatar, el, icon, iconButton, nameOf } from "../../element.js";
import { KeyedList } from "../../keyed-list.js";
import { chord } from "../../shortcuts.js";
import { words } from "../../words.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {{ browse: () => void, jump: () => void, search: () => void, settings: () => void }} Act */

const hovers = matchMedia("(hover: hover)"); // on a touch screen, what was touched last counts as hovered
const LONG = 20; // letters of a name from which on its end may be out of sight

/** One's rooms, the one where something happened last first, with what waits in each. */
export class RoomList {
  #me = el("div", { class: "me" });
  #body = el("div", { class: "rooms-body" });
  #rooms = el("ul", { class: "room-list" });
  #direct = el("ul", { class: "room-list" });
  #none = el("p", { class: "hint" }, words.rooms.none, " ",
    el("button", { type: "button", class: "link", text: words.rooms.noneFind, on: { click: () => this.act.browse() } }));
  #roomRows = this.#rowsOf(this.#rooms);
  #directRows = this.#rowsOf(this.#direct);

  /** @param {HTMLElement} root @param {Chat} chat @param {Act} act */
  constructor(root, chat, act) {
    this.chat = chat;
    this.act = act;
    root.setAttribute("aria-label", words.rooms.label);
    this.#body.append(
      el("section", {}, el("div", { class: "section-head" }, el("h2", { text: words.rooms.title }),
        iconButton("plus", words.rooms.find, act.browse)), this.#rooms, this.#none),
      el("section", {}, el("div", { class: "section-head" }, el("h2", { text: words.rooms.direct }),
        iconButton("plus", words.rooms.write, act.jump)), this.#direct));
    root.replaceChildren(
      el("header", { class: "rooms-head" },
        el("img", { src: "icon.svg", alt: "", width: "28", height: "28" }), el("span", { class: "brand", text: "OrleansChat" }),
        iconButton("search", words.rooms.search, act.search, { "data-toggles": "search" })),
      el("button", { type: "button", class: "jump", "aria-keyshortcuts": "Control+K", on: { click: act.jump } },
        icon("compass"), el("span", { text: words.rooms.jump }), el("kbd", { "aria-hidden": "true", text: chord("Ctrl", "K") })),
      this.#body, this.#me);
    chat.ended.addEventListener("abort", drafts.listen(() => this.#draw()));
    this.#body.addEventListener("mouseleave", () => this.#draw());
    this.#body.addEventListener("focusout", () => queueMicrotask(() => this.#draw()));
  }

  /** @param {Set<import("../../chat.js").Topic>} topics */
  update(topics) {
    if (!topics.has("rooms")) return;
    this.#draw();
    this.#drawMe();
  }

  #draw() {
    const rooms = [...this.chat.rooms.values()];
    const named = rooms.filter(room => !room.direct);
    const direct = rooms.filter(room => room.direct);
    this.#roomRows.draw(this.#inOrder(named, this.#rooms));
    this.#directRows.draw(this.#inOrder(direct, this.#direct));
    this.#none.hidden = named.length > 0;
  }

  /** By last activity; but a list that somebody points at, or walks through, does not move under their hand. @param {Room[]} rooms @param {HTMLElement} list */
  #inOrder(rooms, list) {
    const byActivity = rooms.sort((a, b) => b.last.localeCompare(a.last) || a.name.localeCompare(b.name));
    const held = list.contains(document.activeElement) || (hovers.matches && list.matches(":hover"));
    if (!held) return byActivity;
    const place = new Map([...list.children].map((row, i) => [/** @type {HTMLElement} */ (row).dataset.room, i]));
    return byActivity.sort((a, b) => (place.get(a.id) ?? -1) - (place.get(b.id) ?? -1));
  }

  /** @param {HTMLElement} list @returns {KeyedList<Room>} */
  #rowsOf(list) {
    return new KeyedList(list, room => room.id, room => this.#signature(room), room => this.#row(room));
  }

  /** @param {Room} room */
  #signature(room) {
    const current = room === this.chat.room;
    return [this.#title(room), current, room.visibility, room.unread, room.mentions, !current && drafts.has(room.id),
      room.direct && this.chat.people.online(room.peer), room.direct && this.chat.people.blocked(room.peer)];
  }

  /** @param {Room} room */
  #row(room) {
    const current = room === this.chat.room;
    const title = this.#title(room);
    return el("li", { "data-room": room.id }, el("a", {
      href: addressOf(room.id),
      class: `room-row${room.unread ? " unread" : ""}`,
      title: title.length > LONG && title,
      "aria-current": current && "page",
    }, this.#sign(room, title), nameOf(title, "room-name"), !current && drafts.has(room.id) && draftSign(), ...badges(room)));
  }

  /** @param {Room} room @param {string} title */
  #sign(room, title) {
    const { people } = this.chat;
    if (room.direct) {
      const here = people.online(room.peer);
      return el("span", { class: "room-sign" }, avatar(room.peer, title, here ? "small online" : "small"),
        el("span", { class: "spoken", text: `${people.blocked(room.peer) ? words.members.blocked : here ? words.rooms.here : words.rooms.away}: ` }));
    }
    return room.visibility === "private" ? el("span", { class: "room-sign" }, icon("lock"), el("span", { class: "spoken", text: `${words.rooms.private}: ` }))
      : el("span", { class: "room-sign", "aria-hidden": "true", text: "#" });
  }

  /** @param {Room} room */
  #title(room) {
    return room.direct ? this.chat.people.name(room.peer) : room.name;
  }

  #drawMe() {
    const { me } = this.chat;
    if (!me || this.#me.dataset.drawn === me.id + me.name) return;
    this.#me.dataset.drawn = me.id + me.name;
    this.#me.replaceChildren(
      el("button", { type: "button", class: "me-button", title: words.rooms.settings, on: { click: this.act.settings } },
        avatar(me.id, me.name, "online"),
        el("span", { class: "me-name" }, nameOf(me.name), el("small", { text: me.guest ? words.rooms.guest : `@${me.id}` })),
        el("span", { class: "spoken", text: `, ${words.rooms.settings}` }), icon("gear")),
      ...(me.admin ? [el("a", { class: "icon-button", href: "/nodes.html", "aria-label": words.rooms.nodes, title: words.rooms.nodes }, icon("gauge"))] : []));
  }
}

function draftSign() {
  return el("span", { class: "draft-sign", title: words.rooms.draft }, icon("pencil"), el("span", { class: "spoken", text: ` ${words.rooms.draft}` }));
}

/** What is unread, and louder how often one was spoken to. @param {Room} room */
function badges({ unread, mentions, direct }) {
  if (!unread) return [];
  const loud = mentions > 0 && !direct;
  return [
    el("span", { class: direct ? "badge loud" : "badge" }, el("span", { "aria-hidden": "true", text: upTo99(unread) }),
      el("span", { class: "spoken", text: ` ${words.rooms.unread(unread)}` })),
    loud && el("span", { class: "badge loud" }, el("span", { "aria-hidden": "true", text: `@${upTo99(mentions)}` }),
      el("span", { class: "spoken", text: `, ${words.rooms.mentions(mentions)}` })),
  ];
}

/** @param {number} n */
const upTo99 = n => (n > 99 ? "99+" : String(n));
