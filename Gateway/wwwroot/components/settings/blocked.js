// @ts-check
import { focusNext } from "../../dialog.js";
import { avatar, el, nameOf } from "../../element.js";
import { words } from "../../words.js";

/** Whom one has blocked, and the way back. @param {import("../../chat.js").Chat} chat */
export function blockedPeople(chat) {
  const list = el("ul", { class: "people-list" });
  const root = el("section", { class: "settings-part" }, el("h3", { text: words.settings.blocked }), list);
  draw();
  return root;

  function draw() {
    const blocked = chat.people.allBlocked();
    root.hidden = blocked.length === 0;
    list.replaceChildren(...blocked.map(user => {
      const name = chat.people.name(user);
      return el("li", { class: "people-row" }, avatar(user, name, "small"), nameOf(name, "people-name"),
        el("button", { type: "button", text: words.profile.unblock, "aria-label": `${words.profile.unblock}: ${name}`, on: { click: () => unblock(user) } }));
    }));
  }

  /** @param {string} user */
  async function unblock(user) {
    if (!await chat.attempt(chat.membership.unblock(user))) return;
    draw();
    focusNext(list);
  }
}
