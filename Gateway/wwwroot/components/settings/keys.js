// @ts-check
import { el } from "../../element.js";
import { chord } from "../../shortcuts.js";
import { words } from "../../words.js";

/** What the keys do. */
export function keys() {
  const rows = [
    [chord("Ctrl", "K"), words.settings.keyJump],
    [chord("Ctrl", "Shift", "F"), words.settings.keySearch],
    [chord("Alt", "↑↓"), words.settings.keyRoom],
    [chord("Alt", "Shift", "↑↓"), words.settings.keyUnread],
    ["↑", words.settings.keyEdit],
    ["Enter", words.settings.keySend],
    [chord("Shift", "Enter"), words.settings.keyLine],
    ["Esc", words.settings.keyClose],
    [chord("Ctrl", "/"), words.settings.keyKeys],
  ];
  return el("section", { class: "settings-part settings-keys" }, el("h3", { tabindex: "-1", text: words.settings.keys }),
    el("dl", { class: "keys" }, ...rows.flatMap(([key, does]) => [el("dt", {}, el("kbd", { text: key })), el("dd", { text: does })])));
}
