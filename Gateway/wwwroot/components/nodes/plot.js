// @ts-check
import { el } from "../../element.js";
import { words } from "../../words.js";
import { timeAt } from "./units.js";

/**
 * Where the page looks back to, on all its charts at once.
 * @typedef {{ now: number, back: number | undefined, span: number }} Look  ms; `back` from `now`, or undefined: now; `span`: all that is to be seen
 */

/** What charts have in common: a title, the values in words, the picture, and the axis of time. */
export class Plot {
  values = el("p", { class: "chart-values" });
  top = el("span", { class: "chart-top", "aria-hidden": "true" });
  #time = el("span", { class: "chart-time" });
  #start = el("span");
  #axis = el("p", { class: "chart-axis", "aria-hidden": "true" }, this.#start, this.#time, el("span", { text: words.nodes.now }));

  /** @param {string} title @param {Element} picture */
  constructor(title, picture) {
    this.area = el("div", { class: "plot" }, picture, this.top, el("span", { class: "plot-look" }));
    this.root = el("section", { class: "chart" }, el("h3", { text: title }), this.values, this.area, this.#axis);
  }

  /** @param {Look} look */
  show({ now, back, span }) {
    write(this.#start, words.nodes.minutesAgo(span / 60_000));
    this.area.classList.toggle("looking", back !== undefined);
    this.root.classList.toggle("looking", back !== undefined);
    if (back === undefined) return;
    this.root.style.setProperty("--at", String(1 - back / span));
    write(this.#time, timeAt(now - back));
  }
}

/** Text that has not changed is left alone, or screen readers would read it again. @param {Element} element @param {string} text */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
