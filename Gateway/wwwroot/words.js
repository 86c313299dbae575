// @ts-check
import { en } from "./words/en.js";
import { settings } from "./settings.js";

/** @typedef {typeof en} Words */

/** Every language, by its BCP 47 tag: its own name, and how to get its words. English is always there. */
export const languages = {
  en: { name: "English", load: async () => en },
  de: { name: "Deutsch", load: async () => (await import("./words/de.js")).de },
};

const wanted = chosen();

/** Everything that the page says, in its language; in English where the words of another one do not come. @type {Words} */
export const words = await languages[wanted].load().catch(() => en);

/** The language of the page. */
export const language = words === en ? "en" : wanted;
document.documentElement.lang = language;

/** The one that was chosen, else the first that the browser asks for and we have. @returns {keyof typeof languages} */
function chosen() {
  const tags = [settings.language, ...navigator.languages].map(tag => tag.split("-")[0]);
  return /** @type {keyof typeof languages} */ (tags.find(tag => tag in languages) ?? "en");
}

/**
 * A refusal in a sentence for people. The server's own sentences are more exact, but English.
 * @param {{ code?: string, message: string }} error
 */
export function explain({ code = "", message }) {
  const known = /** @type {Record<string, string>} */ (words.errors)[code];
  return known && (language !== "en" || code === "offline") ? known : message;
}
