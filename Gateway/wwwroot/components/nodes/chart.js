// @ts-check
import { el } from "../../element.js";
import { words } from "../../words.js";
import { valuesOf, written } from "./figures.js";
import { Plot, write } from "./plot.js";
import { apart, readingAt } from "./readings.js";

/** @typedef {import("./figures.js").Figure} Figure */
/** @typedef {import("./figures.js").Group} Group */
/** @typedef {import("./plot.js").Look} Look */
/** @typedef {import("./readings.js").Node} Node */
/** @typedef {import("./readings.js").Point} Point */

const SVG = "http://www.w3.org/2000/svg";
// The picture is stretched to its place. Lines keep their width, and a line of no length with round ends is a dot.
const WIDTH = 1000;
const HEIGHT = 100;
const TOP = 20; // where the scale ends; above it stands what it is

/** Lines over the latest stretch of time. What they show is also said in words. */
export class Chart {
  #under = part("path", { class: "chart-under" });
  /** @type {SVGElement[]} */ #lines;
  /** @type {SVGElement[]} */ #dots;
  /** @type {HTMLElement[]} */ #values;
  #note = el("span", { class: "chart-note" });

  /** @param {Group} group */
  constructor(group) {
    this.group = group;
    this.#lines = group.figures.map((_, i) => part("path", { class: `chart-line chart-line-${i + 1}` }));
    this.#dots = group.figures.map((_, i) => part("path", { class: `chart-dot chart-line-${i + 1}` }));
    this.#values = group.figures.map(() => el("b"));
    this.picture = part("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" },
      part("path", { class: "chart-ground", d: [TOP, (TOP + HEIGHT) / 2, HEIGHT].map(y => `M0,${y}H${WIDTH}`).join("") }),
      this.#under, ...[...this.#lines].reverse(), ...this.#dots); // the first one is on top
    this.plot = new Plot(group.title, this.picture);
    this.root = this.plot.root;
    this.plot.values.append(...group.figures.map(({ name }, i) => el("span", { class: "chart-value" },
      group.figures.length > 1 && el("span", { class: `chart-key chart-key-${i + 1}`, "aria-hidden": "true" }),
      group.figures.length > 1 && el("span", { text: name }), " ", this.#values[i])), this.#note);
  }

  /** Says what is known. @param {Node} node @param {Look} look */
  say(node, { now, back, span }) {
    const reading = back === undefined ? node.latest : readingAt(node.past, now - back);
    for (const [i, figure] of this.group.figures.entries()) {
      write(this.#values[i], written(figure, reading));
      this.#values[i].classList.toggle("unknown", written(figure, reading) === words.nodes.unknown);
    }
    write(this.#note, reading && this.group.note?.(reading) || "");
    const label = `${this.group.title}: ${this.group.figures.map(figure => this.#summary(figure, node, span)).join("; ")}`;
    if (this.picture.getAttribute("aria-label") !== label) this.picture.setAttribute("aria-label", label);
  }

  /** @param {Figure} figure @param {Node} node @param {number} span */
  #summary(figure, node, span) {
    const { unknown, known, notKnown, nowIs, lastWas } = words.nodes;
    const name = this.group.figures.length > 1 ? `${figure.name} ` : "";
    const values = valuesOf(figure, node.past);
    const latest = written(figure, node.latest);
    if (values.length === 0) return notKnown(name);
    return known(name, latest === unknown || !node.lost ? nowIs(latest) : lastWas(latest),
      figure.write(Math.min(...values)), figure.write(Math.max(...values)), span / 60_000);
  }

  /** @param {Node} node @param {Look} look */
  draw(node, look) {
    const { figures } = this.group;
    const top = this.group.whole?.(node.latest) ?? round(Math.max(this.group.least, ...figures.flatMap(figure => valuesOf(figure, node.past))));
    write(this.plot.top, figures[0].write(top));
    this.plot.show(look);
    const x = /** @param {number} at */ at => Math.round((1 - (look.now - at) / look.span) * WIDTH * 10) / 10;
    const y = /** @param {number} value */ value => Math.round((HEIGHT - Math.min(1, value / top) * (HEIGHT - TOP)) * 10) / 10;
    for (const [i, figure] of figures.entries()) {
      const stretches = unbroken(node.past, figure).map(stretch => stretch.map(({ at, value }) => [x(at), y(value)]));
      set(this.#lines[i], stretches.map(stretch => stretch.length === 1 ? `M${stretch[0]}h0` : `M${stretch.join("L")}`).join(""));
      if (figures.length === 1) {
        set(this.#under, stretches.map(stretch => `M${stretch[0][0]},${HEIGHT}L${stretch.join("L")}L${stretch[stretch.length - 1][0]},${HEIGHT}Z`).join(""));
      }
      const at = look.back === undefined ? node.past.at(-1)?.at : look.now - look.back;
      const reading = at === undefined ? undefined : readingAt(node.past, at);
      const value = reading && figure.of(reading);
      set(this.#dots[i], at === undefined || value === undefined || value === null ? "" : `M${x(at)},${y(value)}h0`);
    }
  }
}

/** The stretches of time in which a figure was known. @param {Point[]} past @param {Figure} figure */
function unbroken(past, figure) {
  /** @type {{ at: number, value: number }[][]} */ const stretches = [];
  /** @type {Point | undefined} */ let last;
  for (const point of past) {
    const value = figure.of(point.reading);
    if (value === undefined || value === null) last = undefined;
    else {
      if (!last || apart(last, point)) stretches.push([]);
      stretches[stretches.length - 1].push({ at: point.at, value });
      last = point;
    }
  }
  return stretches;
}

/** The next of 1, 2, 5, 10, 20, 50 …, so that the scale is one to read, and does not move all the time. @param {number} value */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (value / power <= 1 ? 1 : value / power <= 2 ? 2 : value / power <= 5 ? 5 : 10);
}

/** @param {Element} path @param {string} d */
function set(path, d) {
  path.setAttribute("d", d);
}

/** @param {string} name @param {Record<string, string | number>} props @param {Element[]} children */
function part(name, props, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(props)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
