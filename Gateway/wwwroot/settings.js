// @ts-check
/**
 * What somebody chose for this browser.
 * @typedef {object} Settings
 * @property {string} language  a BCP 47 tag, or empty: as the browser has it
 * @property {"" | "light" | "dark"} theme  empty: as the system has it
 * @property {boolean} sound  whether a mention or a direct message is heard
 * @property {boolean} notify  whether it is shown on the desktop
 */

const KEY = "orleanschat.settings";
/** @type {Settings} */
const DEFAULTS = { language: "", theme: "", sound: true, notify: false };

/** @type {Settings} */
export const settings = { ...DEFAULTS, ...stored() };

/** @param {Partial<Settings>} change */
export function choose(change) {
  Object.assign(settings, change);
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // then only this tab knows
  }
}

/** Only what is of the right kind. @returns {Partial<Settings>} */
function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return Object.fromEntries(Object.entries(DEFAULTS).map(([name, value]) => [name, typeof kept?.[name] === typeof value ? kept[name] : value]));
  } catch {
    return {}; // storage may be forbidden, or hold something else
  }
}
