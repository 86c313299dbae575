// @ts-check
/** The emoji that somebody chose last in this browser, the latest first. */
const KEY = "orleanschat.emoji";
const MOST = 18; // two rows of the picker

/** @returns {string[]} */
export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter(emoji => typeof emoji === "string").slice(0, MOST) : [];
  } catch {
    return []; // storage may be forbidden, or hold something else
  }
}

/** @param {string} emoji */
export function chosen(emoji) {
  try {
    localStorage.setItem(KEY, JSON.stringify([emoji, ...recent().filter(other => other !== emoji)].slice(0, MOST)));
  } catch {
    // then it is not remembered
  }
}
