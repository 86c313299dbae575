// @ts-check
import { words } from "./words.js";

/** @typedef {"jump" | "search" | "keys" | "above" | "below" | "unread above" | "unread below"} Wish */

/** What somebody wants by a key, wherever on the page they are. @param {KeyboardEvent} event @returns {Wish | null} */
export function wishOf({ key, ctrlKey, metaKey, altKey, shiftKey, isComposing }) {
  const ctrl = ctrlKey || metaKey;
  if (isComposing || document.querySelector("dialog[open]")) return null; // one thing at a time
  if (ctrl && !altKey) {
    if (!shiftKey && key.toLowerCase() === "k") return "jump";
    if (shiftKey && key.toLowerCase() === "f") return "search";
    if (key === "/") return "keys";
  }
  if (altKey && !ctrl) {
    if (key === "ArrowUp") return shiftKey ? "unread above" : "above";
    if (key === "ArrowDown") return shiftKey ? "unread below" : "below";
  }
  return null;
}

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

/** How keys pressed together are called here. @param {string[]} keys */
export function chord(...keys) {
  return mac ? keys.join("").replace("Ctrl", "⌘").replace("Shift", "⇧").replace("Alt", "⌥") : keys.join(" ").replace("Ctrl", words.composer.control);
}
