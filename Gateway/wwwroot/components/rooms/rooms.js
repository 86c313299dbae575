// @ts-check
import { avatar, el, icon, iconButton, nameOf } from "../../element.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */

/** One's rooms, with what is unread in each. */
export class RoomList {
  #me = el("div", { class: "me" });
  #public = el("ul", { class: "room-list" });
  #direct = el("ul", { class: "room-list" });
  #directPart = el("section", {}, el("h2", { text: "Direct messages" }), this.#direct);

  /**
   * @param {HTMLElement} root
   * @param {Chat} chat
   * @param {{ browse: () => void, signOut: () => void }} act
   */
  constructor(root, chat, act) {
    this.chat = chat;
    this.act = act;
    root.replaceChildren(
      el("header", { class: "rooms-head" },
        el("img", { src: "icon.svg", alt: "", width: "28", height: "28" }), el("span", { class: "brand", text: "OrleansChat" })),
      el("div", { class: "rooms-body" },
        el("section", {},
          el("div", { class: "section-head" }, el("h2", { text: "Rooms" }), iconButton("plus", "Find or create a room", act.browse)),
          this.#public),
        this.#directPart),
      this.#me);
  }

  /** @param {Set<import("../../chat.js").Topic>} topics */
  update(topics) {
    if (!topics.has("rooms")) return;
    const rooms = [...this.chat.rooms.values()];
    const named = rooms.filter(room => !room.direct).sort((a, b) => Number(b.id === "lobby") - Number(a.id === "lobby") || a.name.localeCompare(b.name));
    const direct = rooms.filter(room => room.direct).sort((a, b) => b.last.localeCompare(a.last));
    // Drawn anew, these rows would lose the focus; they are few, and it is given back.
    const focused = document.activeElement?.closest("#rooms a")?.getAttribute("href");
    this.#public.replaceChildren(...named.map(room => this.#row(room)));
    if (named.length === 0) this.#public.replaceChildren(el("li", { class: "hint", text: "No rooms yet. Find one with +." }));
    this.#direct.replaceChildren(...direct.map(room => this.#row(room)));
    this.#directPart.hidden = direct.length === 0;
    if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`#rooms a[href="${CSS.escape(focused)}"]`))?.focus();
    this.#drawMe();
  }

  /** @param {Room} room */
  #row(room) {
    const current = room === this.chat.room;
    const sign = room.direct ? avatar(room.peer, this.#title(room), this.chat.people.online(room.peer) ? "small online" : "small")
      : el("span", { class: "room-sign" }, room.visibility === "private" ? icon("lock") : el("span", { "aria-hidden": "true", text: "#" }));
    return el("li", {}, el("a", {
      href: `#${encodeURIComponent(room.id)}`,
      class: `room-row${room.unread ? " unread" : ""}`,
      "aria-current": current && "page",
    }, sign, nameOf(this.#title(room), "room-name"), badge(room)));
  }

  /** @param {Room} room */
  #title(room) {
    return room.direct ? this.chat.people.name(room.peer) : room.name;
  }

  #drawMe() {
    const { me } = this.chat;
    if (!me) return;
    this.#me.replaceChildren(...[
      avatar(me.id, me.name, "online"),
      el("div", { class: "me-name" }, nameOf(me.name), el("small", { text: me.guest ? "Guest" : `@${me.id}` })),
      me.admin && el("a", { class: "icon-button", href: "/nodes.html", "aria-label": "Nodes", title: "Nodes" }, icon("gauge")),
      iconButton("power", "Sign out", () => this.#signOut(me.guest ?? false)),
    ].filter(part => part !== undefined && part !== false));
  }

  /** A guest who goes does not find the way back: so they are asked. @param {boolean} guest */
  #signOut(guest) {
    if (!guest) return this.act.signOut();
    const dialog = el("dialog", { class: "ask" },
      el("h2", { text: "Leave for good?" }),
      el("p", { text: "A guest who signs out cannot come back as the same person. Your messages stay." }),
      el("form", { method: "dialog", class: "dialog-buttons" },
        el("button", { value: "", text: "Stay" }),
        el("button", { class: "primary", value: "yes", text: "Sign out" })));
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue === "yes") this.act.signOut();
    });
    document.body.append(dialog);
    dialog.showModal();
  }
}

/** @param {Room} room */
function badge({ unread, mentions, direct }) {
  if (!unread) return null;
  const count = unread > 99 ? "99+" : String(unread);
  const loud = mentions > 0 || direct;
  return el("span", { class: loud ? "badge loud" : "badge" },
    el("span", { "aria-hidden": "true", text: mentions > 0 && !direct ? `@ ${count}` : count }),
    el("span", { class: "spoken", text: mentions > 0 ? `${unread} unread, you were mentioned` : `${unread} unread` }));
}
