// @ts-check
import { el } from "./element.js";
import { words } from "./words.js";

/** Whether it is what a webhook speaks as, and nobody. @param {string} user */
export const isBot = user => user.startsWith("bot-");

/** Says so beside its name. @param {string} user */
export const botSign = user => isBot(user) && el("span", { class: "bot-sign", text: words.profile.bot });
