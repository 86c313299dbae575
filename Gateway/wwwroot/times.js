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

const ago = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
const dated = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
/** Seconds in a unit, and how many of it are said before the next one is taken. @type {[Intl.RelativeTimeFormatUnit, number, number][]} */
const UNITS = [["minute", 60, 60], ["hour", 3600, 24], ["day", 86_400, 30]];

/** How long ago, in words; a date where that is longer than a month. @param {string} at */
export function agoOf(at) {
  const seconds = Math.max(0, (Date.now() - Date.parse(at)) / 1000);
  if (seconds < 60) return words.times.justNow;
  const unit = UNITS.find(([, size, most]) => seconds < size * most);
  return unit ? ago.format(-Math.floor(seconds / unit[1]), unit[0]) : dated.format(new Date(at));
}

/** The time today, else the day: enough to find one's way in a list. @param {string} at */
export function whenOf(at) {
  return dayOf(at) === dayOf(new Date().toISOString()) ? timeOf(at) : dated.format(new Date(at));
}
