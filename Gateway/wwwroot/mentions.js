// @ts-check
import { fold } from "./fold.js";
import { mentionAt, whoIs } from "./text/mention.js";

/** @typedef {{ user: string, name: string }} Named */

const CODE = /(```[^]*?```|`[^`\n]*`|https?:\/\/\S+)/i; // what stands in it, or in a link, is what it is
const BEFORE = /[\p{L}\p{N}_.@-]$/u;
const AFTER = /^(?:[\p{L}\p{M}\p{N}_]|[.-]+[\p{L}\p{M}\p{N}_])/u;

/**
 * People write `@Ada`, the wire has `@guest-k3v9…`. Between the two: which names were chosen for whom, since two people
 * may have the same.
 * @param {string} text as it is written
 * @param {Map<string, string>} chosen users by the names that were chosen from a list
 * @param {Named[]} members
 * @returns {string} as it is sent
 */
export function toIds(text, chosen, members) {
  if (!text.includes("@")) return text;
  const names = [...[...chosen].map(([name, user]) => ({ name, user, exact: true })), ...unambiguous(members).map(named => ({ ...named, exact: false }))]
    .sort((a, b) => b.name.length - a.name.length || Number(b.exact) - Number(a.exact));
  const ids = new Set(members.map(({ user }) => user));
  return outsideCode(text, part => replaceMentions(part, at => {
    const word = mentionAt(part, at);
    if (word && whoIs(word, user => (ids.has(user) ? user : undefined))) return null; // it is an id already
    const found = names.find(({ name, exact }) => {
      const written = part.slice(at + 1, at + 1 + name.length);
      return (exact ? written === name : fold(written) === fold(name)) && !AFTER.test(part.slice(at + 1 + name.length, at + 65 + name.length));
    });
    return found ? [found.name.length, found.user] : null;
  }));
}

/**
 * The way back, to edit what was sent. Of two people with the same name, only the first is written by it.
 * @param {string} text @param {Map<string, string>} chosen gets the names that now stand for somebody @param {Named[]} members
 */
export function toNames(text, chosen, members) {
  if (!text.includes("@")) return text;
  const byId = new Map(members.map(({ user, name }) => [user, name]));
  return outsideCode(text, part => replaceMentions(part, at => {
    const word = mentionAt(part, at);
    const who = word && whoIs(word, user => byId.get(user));
    if (!word || !who || (chosen.get(who.name) ?? who.user) !== who.user) return null;
    chosen.set(who.name, who.user);
    return [word.length - who.rest.length, who.name];
  }));
}

/** @param {string} text @param {(part: string) => string} change */
function outsideCode(text, change) {
  return text.split(CODE).map((part, i) => (i % 2 ? part : change(part))).join("");
}

/** @param {string} text @param {(at: number) => [length: number, instead: string] | null} find */
function replaceMentions(text, find) {
  let done = "";
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", Math.max(at + 1, from))) {
    const found = BEFORE.test(text.slice(Math.max(0, at - 2), at)) ? null : find(at);
    if (!found) continue;
    done += `${text.slice(from, at)}@${found[1]}`;
    from = at + 1 + found[0];
  }
  return done + text.slice(from);
}

/** Those members whose name nobody else has. @param {Named[]} members */
function unambiguous(members) {
  /** @type {Map<string, Named[]>} */
  const byName = new Map();
  for (const member of members) byName.set(fold(member.name), [...byName.get(fold(member.name)) ?? [], member]);
  return [...byName.values()].filter(same => same.length === 1).map(([only]) => only);
}
