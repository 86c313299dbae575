// @ts-check
import { el } from "../../element.js";
import { placeBeside } from "../../popover.js";
import { chord } from "../../shortcuts.js";
import { words } from "../../words.js";

/** A button that tells how to write bold, and which keys there are. */
export function hint() {
  const { formatting, keys } = words.composer;
  const card = el("div", { class: "hint-card", popover: "auto", id: "hint-card", role: "dialog", "aria-label": words.composer.hint },
    el("h2", { text: words.composer.formattingTitle }), table("code", formatting),
    el("section", { class: "hint-keys" }, el("h2", { text: words.composer.keysTitle }), table("kbd", keys(chord("Ctrl")))));
  const button = el("button", { type: "button", class: "icon-button hint-button", "aria-label": words.composer.hint, title: words.composer.hint, popovertarget: card.id, text: "?" });
  card.addEventListener("toggle", event => /** @type {ToggleEvent} */ (event).newState === "open" && placeBeside(card, button));
  return [button, card];
}

/** @param {"code" | "kbd"} kind @param {string[][]} rows */
function table(kind, rows) {
  return el("dl", {}, ...rows.flatMap(([term, meaning]) => [el("dt", {}, el(kind, { text: term })), el("dd", { text: meaning })]));
}
