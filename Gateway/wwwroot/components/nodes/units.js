// @ts-check
import { locale } from "../../times.js";
import { words } from "../../words.js";

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const twoDigits = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const oneDigit = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const share = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const speeds = ["kilobyte", "megabyte", "gigabyte"].map(unit => format(`${unit}-per-second`, 1));
const degrees = format("celsius", 0);
const [days, hours, minutes, seconds] = ["day", "hour", "minute", "second"].map(unit => format(unit, 0));
const sizes = ["KiB", "MiB", "GiB", "TiB"];

/** @param {number} n */ export const count = n => whole.format(n);
/** @param {number} n */ export const hundredths = n => twoDigits.format(n);
/** @param {number} n 1 is all */ export const percent = n => share.format(n);
/** @param {number} n */ export const coresBusy = n => words.nodes.coresBusy(hundredths(n));
/** @param {number} n */ export const rate = n => (n < 100 ? oneDigit : whole).format(n);
/** @param {number} n */ export const perSecond = n => words.nodes.perSecond(rate(n));
/** @param {number} n degrees Celsius */ export const celsius = n => degrees.format(n);
/** @param {number} ms of the browser's clock */ export const timeAt = ms => clock.format(new Date(ms));

/** A size in memory, by powers of 1,024. @param {number} n bytes */
export function bytes(n) {
  const step = Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, n)) / 10) - 1));
  const size = n / 1024 ** (step + 1);
  return `${(size < 100 && step > 1 ? oneDigit : whole).format(size)}\u00a0${sizes[step]}`;
}

/** Bytes per second, by powers of 1,000 as networks and disks are sold. @param {number} n */
export function speed(n) {
  const step = n >= 1e9 ? 2 : n >= 1e6 ? 1 : 0;
  return speeds[step].format(n / 1000 ** (step + 1)).replace(" ", "\u00a0");
}

/** How long something has lasted, in the two largest units. @param {number} n seconds */
export function duration(n) {
  const [d, h, m, s] = [Math.floor(n / 86_400), Math.floor(n / 3_600) % 24, Math.floor(n / 60) % 60, Math.floor(n) % 60];
  const parts = d ? [days.format(d), h && hours.format(h)] : h ? [hours.format(h), m && minutes.format(m)] : [m && minutes.format(m), s && seconds.format(s)];
  return parts.filter(Boolean).join(" ") || seconds.format(0);
}

/** @param {number} ms */
export function ago(ms) {
  return ms < 1_000 ? words.nodes.now : words.nodes.ago(duration(Math.round(ms / 1000)));
}

/** @param {string} unit @param {number} digits */
function format(unit, digits) {
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: digits });
}
