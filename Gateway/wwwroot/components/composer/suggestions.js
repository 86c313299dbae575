// @ts-check
import { avatar, el, nameOf } from "../../element.js";
import { fold } from "../../fold.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */
/** @typedef {import("../../mentions.js").Named} Named */
/**
 * Something that may be meant by what one began to write.
 * @typedef {{ text: string, label: (HTMLElement | string)[], taken?: () => void, written?: boolean }} Suggestion what is written in its place, how it is
 *   shown, and whether it stands there already
 * @typedef {{ start: number, list: Suggestion[] }} Suggestions from where on they replace what was written
 */

const MOST = 8;
const EMOJI = /(?<=^|[\s([{"'*_~>])(?<![^\s]:):([\p{L}\p{N}_+-]{2,30})$/u;
const MENTION = /(?<=^|[^\p{L}\p{N}_.@-])@([^@\n]{0,40})$/u;

/** The list of emoji, from when somebody first needs it. @type {typeof import("../../emoji/find.js") | undefined} */
let emoji;
/** @type {Promise<void> | undefined} */
let loading;

/** Loads the emoji; afterwards they are there at once. Where they do not come, the next wish tries again. */
export function loadEmoji() {
  return loading ??= import("../../emoji/find.js").then(module => void (emoji = module)).catch(() => void (loading = undefined));
}

/** The emoji for a shortcode that was just finished: `:tada:`. @param {string} before what stands before the caret @returns {{ start: number, text: string } | null} */
export function finishedShortcode(before) {
  const match = /(?<=^|\s):([\w+-]{1,40}):$/.exec(before);
  const found = match && emoji?.emojiOf(match[1]);
  return match && found ? { start: match.index, text: found } : null;
}

/** What may be meant, by what stands before the caret. @param {string} before @param {Chat} chat @param {Room} room @param {Map<string, string>} chosen users by name, of this text @returns {Suggestions | null} */
export function suggestions(before, chat, room, chosen) {
  const colon = EMOJI.exec(before);
  if (colon) return { start: colon.index, list: emojiFor(colon[1]) };
  const at = MENTION.exec(before);
  return at ? { start: at.index, list: peopleFor(at[1], chat, room, chosen) } : null;
}

/** @param {string} query @returns {Suggestion[]} */
function emojiFor(query) {
  return (emoji?.find(query, MOST) ?? []).map(({ emoji: sign, code }) => ({ text: `${sign} `, label: [el("span", { class: "suggestion-emoji", text: sign }), `:${code}:`] }));
}

/** @param {string} query @param {Chat} chat @param {Room} room @param {Map<string, string>} chosen @returns {Suggestion[]} */
function peopleFor(query, chat, room, chosen) {
  if (/\s$/.test(query) || [...chosen.keys()].some(name => query === name || query.startsWith(`${name} `))) return []; // that name is finished
  const wanted = fold(query);
  const spoke = new Map(room.messages.map(({ by, seq }) => [by, seq])); // those who spoke last come first
  return namedMembers(chat, room)
    .filter(({ user }) => user !== room.me)
    .map(named => /** @type {const} */ ([named, rank(named, wanted)]))
    .filter(([, at]) => at < Infinity)
    .sort(([a, i], [b, j]) => i - j || (spoke.get(b.user) ?? 0) - (spoke.get(a.user) ?? 0) || a.name.localeCompare(b.name))
    .slice(0, MOST)
    .map(([{ user, name }]) => {
      const taken = (chosen.get(name) ?? user) !== user; // two of one name in one text: the second goes by the id
      return {
        text: `@${taken ? user : name} `,
        label: [avatar(user, name, chat.people.online(user) ? "small online" : "small"), nameOf(name, "suggestion-name"), /^(guest|bot)-/.test(user) ? "" : el("small", { text: `@${user}` })],
        taken: () => void (taken || chosen.set(name, user)),
        written: fold(name) === wanted,
      };
    });
}

/** @param {Named} named @param {string} wanted */
function rank({ user, name }, wanted) {
  const folded = fold(name);
  if (folded.startsWith(wanted)) return 0;
  if (!/^(guest|bot)-/.test(user) && user.startsWith(wanted)) return 1;
  return folded.split(/[\s._-]+/u).some(word => word.startsWith(wanted)) ? 2 : Infinity;
}

/** @param {Chat} chat @param {Room} room @returns {Named[]} */
export function namedMembers(chat, room) {
  return [...room.members?.values() ?? []].map(({ user, name }) => ({ user, name: name || chat.people.name(user) }));
}
