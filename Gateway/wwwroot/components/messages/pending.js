// @ts-check
import { el } from "../../element.js";
import { words } from "../../words.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../room.js").Pending} Pending */

/** How it goes with a post of ours: on its way, kept waiting by the server, or refused. @param {Chat} chat @param {Room} room @param {Pending} post */
export function pendingState({ talk }, room, post) {
  const discard = el("button", { type: "button", class: "link", text: words.message.discard, on: { click: () => talk.discard(room, post) } });
  if (post.failed) {
    return el("p", { class: "problem", role: "alert" }, `${words.message.notSent(post.failed)} `,
      el("button", { type: "button", class: "link", text: words.common.tryAgain, on: { click: () => talk.repost(room, post) } }), " · ", discard);
  }
  if (post.held) return el("p", { class: "held" }, sentence(post.held), " ", discard);
  return el("span", { class: "spoken", text: words.message.sending });
}

/** It counts for the eye only: said aloud once, it need not be said every second. @param {{ why: string, until: number }} held */
function sentence({ why, until }) {
  const left = () => Math.max(1, Math.ceil((until - Date.now()) / 1000));
  const counting = el("span", { "aria-hidden": "true", text: words.message.held(why, left()) });
  const ticking = setInterval(() => {
    if (!counting.isConnected) return clearInterval(ticking);
    counting.textContent = words.message.held(why, left());
  }, 1_000);
  return el("span", {}, counting, el("span", { class: "spoken", text: words.message.held(why, left()) }));
}
