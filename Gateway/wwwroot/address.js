// @ts-check
/** The part of the page's address after `#`: a room, and a message in it: `#garden/42`. */

/** @param {string} room @param {number} [seq] */
export function addressOf(room, seq) {
  return `#${encodeURIComponent(room)}${seq ? `/${seq}` : ""}`;
}

/** A link that others can open, too. @param {string} room @param {number} seq */
export function permalink(room, seq) {
  return new URL(addressOf(room, seq), location.origin + location.pathname).href;
}

/** @param {string} hash @returns {{ room: string, seq?: number }} the room is empty where the address names none */
export function placeOf(hash) {
  try {
    const [, room, seq] = /^#?([^/]*)(?:\/(\d{1,15}))?/.exec(hash) ?? [];
    return { room: decodeURIComponent(room ?? ""), seq: Number(seq) || undefined };
  } catch {
    return { room: "" }; // somebody cut the address short
  }
}
