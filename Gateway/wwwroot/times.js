// @ts-check
import { language, words } from "./words.js";

/** The browser's own form of the page's language: `en-GB` rather than `en`. */
export const locale = navigator.languages.find(tag => tag.startsWith(language)) ?? language;
const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });
const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const withYear = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });

/** The time of day. @param {string} at */
export const timeOf = at => clock.format(new Date(at));

/** The time of day where there is little room: without its half. @param {string} at */
export const shortTimeOf = at => clock.formatToParts(new Date(at)).filter(part => part.type !== "dayPeriod").map(part => part.value).join("").trim();

/** Day and time, in full. @param {string} at */
export const momentOf = at => full.format(new Date(at));

/** The day as a number that is the same for all its moments, here. @param {string} at */
export function dayOf(at) {
  const date = new Date(at);
  return date.getFullYear() * 10_000 + date.getMonth() * 100 + date.getDate();
}

/** The day in words: today, yesterday, or its date. @param {string} at */
export function dayName(at) {
  const now = new Date();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayOf(at) === dayOf(now.toISOString())) return words.times.today;
  if (dayOf(at) === dayOf(yesterday.toISOString())) return words.times.yesterday;
  const date = new Date(at);
  return (date.getFullYear() === now.getFullYear() ? weekday : withYear).format(date);
}
