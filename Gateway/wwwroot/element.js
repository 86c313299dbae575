// @ts-check
/**
 * Makes an element. Text is set as text, never as markup; there is no way to give a style or a script.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props] `class`, `text`, `on` (listeners by event), everything else an attribute;
 *   `false`, `null` and `undefined` leave an attribute out, `true` sets it bare
 * @param {(Node | string | null | undefined | false)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Somebody's name, which must not turn the text around it. @param {string} name @param {string} [className] */
export function nameOf(name, className) {
  return el("bdi", { class: className, text: name });
}

/** A name amid a sentence, which must not turn the text around it: between U+2068 and U+2069. @param {string} name */
export function isolated(name) {
  return `\u2068${name.replace(/[\u2066-\u2069]/gu, "")}\u2069`;
}

/** A sentence with isolated names in it. @param {string} sentence @returns {(Node | string)[]} */
export function worded(sentence) {
  return sentence.split(/\u2068([^\u2069]*)\u2069/u).map((part, i) => i % 2 === 0 ? part : nameOf(part));
}

/** A picture of somebody: initials on a colour that stays theirs. @param {string} id @param {string} name @param {string} [className] */
export function avatar(id, name, className = "") {
  const picture = el("span", { class: `avatar ${className}`, "aria-hidden": "true", text: initials(name) });
  picture.style.setProperty("--hue", String(hue(id)));
  return picture;
}

/** @param {string} name */
function initials(name) {
  const words = name.trim().split(/[\s._-]+/u).filter(Boolean);
  const letters = words.map(word => [...word][0]);
  // Letters that join, or that mean a word each, do not make initials: one stands for the name.
  const cased = letters.every(letter => letter.toUpperCase() !== letter.toLowerCase());
  return (cased && letters.length > 1 ? letters[0] + letters[letters.length - 1] : letters[0] ?? "?").toUpperCase();
}

/** One of 18 hues, 20 degrees apart, by a hash (FNV-1a) of the id. @param {string} id */
function hue(id) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return ((hash >>> 0) % 18) * 20;
}

/** Icons as paths in a box of 24, drawn with a line. */
const PATHS = {
  at: "M15.5 12a3.5 3.5 0 11-7 0 3.5 3.5 0 017 0zM15.5 8.5V13c0 3 5 2.5 5-1.5A8.5 8.5 0 1016 19.5",
  back: "M15 5l-7 7 7 7",
  bubble: "M4 5h16v11h-9l-5 4v-4H4z",
  close: "M6 6l12 12M18 6L6 18",
  compass: "M12 3a9 9 0 100 18 9 9 0 000-18zM15.5 8.5l-2 5-5 2 2-5z",
  crown: "M5 19h14M5 15.5L3.5 7 8 10.5 12 5l4 5.5L20.5 7 19 15.5z",
  door: "M14 4H6v16h8M10 12h10M17 8.5l3.5 3.5-3.5 3.5",
  down: "M12 5v13M6 12.5l6 6 6-6",
  gear: "M12 8.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM18.9 13.3l1.9 1.5-1.9 3.3-2.3-.9a7 7 0 01-2.1 1.2l-.4 2.4h-3.9l-.4-2.4a7 7 0 01-2.1-1.2l-2.3.9-1.9-3.3 1.9-1.5a7 7 0 010-2.5l-1.9-1.5 1.9-3.3 2.3.9a7 7 0 012.1-1.2l.4-2.4h3.9l.4 2.4a7 7 0 012.1 1.2l2.3-.9 1.9 3.3-1.9 1.5a7 7 0 010 2.5z",
  gauge: "M4.5 18.5a9 9 0 1115 0M12 14l4-5",
  invite: "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M19 8v6M16 11h6",
  link: "M10 14a4 4 0 005.7 0l3.1-3.1a4 4 0 00-5.7-5.7L12 6.3M14 10a4 4 0 00-5.7 0l-3.1 3.1a4 4 0 005.7 5.7l1.1-1.1",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3",
  pencil: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  people: "M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.3a3.5 3.5 0 010 6.4M18 14.4c2.1.8 3.5 2.8 3.5 5.6",
  power: "M12 4v7.5M7.4 7a7 7 0 109.2 0",
  plus: "M12 5v14M5 12h14",
  reply: "M9.5 6L4 11.5 9.5 17M4.5 11.5H14a6 6 0 016 6V19",
  search: "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L20 20",
  send: "M5 12h13M12.5 6l6 6-6 6",
  shield: "M12 3l7 2.8V11c0 4.8-2.8 8-7 10-4.2-2-7-5.2-7-10V5.8z",
  slash: "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM6 6l12 12",
  sliders: "M4 7h9M17 7h3M15 4.5v5M4 17h3M11 17h9M9 14.5v5",
  smile: "M12 3a9 9 0 100 18 9 9 0 000-18zM8 14c1 1.7 2.4 2.5 4 2.5s3-.8 4-2.5M9 9.5v.5M15 9.5v.5",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 12.5h8L17 7M10.5 11v5M13.5 11v5",
};

/** @param {keyof typeof PATHS} name */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/**
 * A button that shows an icon and says its label.
 * @param {keyof typeof PATHS} name @param {string} label @param {() => void} act @param {Record<string, any>} [props]
 */
export function iconButton(name, label, act, props = {}) {
  return el("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: act }, ...props }, icon(name));
}
