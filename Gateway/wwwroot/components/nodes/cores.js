// @ts-check
import { el } from "../../element.js";
import { words } from "../../words.js";
import { coresOf, written } from "./figures.js";
import { Plot, write } from "./plot.js";
import { apart, readingAt } from "./readings.js";
import { count, percent } from "./units.js";

/** @typedef {import("../../protocol.js").NodeReading} NodeReading */
/** @typedef {import("./plot.js").Look} Look */
/** @typedef {import("./readings.js").Node} Node */

const WIDTH = 600; // dots: two for every second
const HEIGHT = 192;
const APART = 24; // so many cores and fewer have a space between them
const FAINTEST = 0.1; // an idle core; where nothing is known there is nothing
const BEAT = 2_000; // ms that a reading stands for
const SAID = 16; // so many cores and fewer are all said

/** A strip for every core, the stronger the busier it was. On a canvas: 64 cores would be ten thousand elements. */
export class CoreStrips {
  #busiest = el("b");
  #note = el("span", { class: "chart-note" });
  picture = el("canvas", { width: WIDTH, height: HEIGHT, role: "img" });
  plot = new Plot(words.nodes.cores, this.picture);
  root = this.plot.root;

  constructor() {
    this.plot.values.append(this.#busiest, " ", this.#note);
    this.plot.top.append(percent(0), el("span", { class: "cores-ramp" }), percent(1));
  }

  /** Says what is known. @param {Node} node @param {Look} look */
  say(node, { now, back }) {
    const reading = back === undefined ? node.latest : readingAt(node.past, now - back);
    const busiest = most(reading?.cores ?? []);
    write(this.#busiest, busiest < 0 || !reading ? words.nodes.unknown : percent(reading.cores?.[busiest] ?? 0));
    this.#busiest.classList.toggle("unknown", busiest < 0);
    write(this.#note, busiest < 0 ? "" : words.nodes.busiest(count(busiest)));
    const label = `${words.nodes.cores}: ${this.#summary(node)}`;
    if (this.picture.getAttribute("aria-label") !== label) this.picture.setAttribute("aria-label", label);
  }

  /** @param {Node} node */
  #summary(node) {
    const { nowIs, lastWas, unknown } = words.nodes;
    const busiest = most(node.latest.cores ?? []);
    const said = coresOf(node).filter((_, i, all) => all.length <= SAID || i === busiest)
      .map(core => `${core.name} ${written(core, node.latest)}`).join(", ");
    return said ? (node.lost ? lastWas : nowIs)(said) : unknown;
  }

  /** @param {Node} node @param {Look} look */
  draw(node, look) {
    this.plot.show(look);
    const context = this.picture.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, WIDTH, HEIGHT);
    context.fillStyle = getComputedStyle(this.picture).color;
    const rows = coresOf(node).length;
    const height = HEIGHT / rows;
    const space = rows <= APART ? 4 : 0;
    const x = /** @param {number} at */ at => Math.round((1 - (look.now - at) / look.span) * WIDTH);
    for (const [i, point] of node.past.entries()) {
      const { at, reading, of } = point;
      // A share is that of the time before it was read.
      const since = i > 0 && !apart(node.past[i - 1], point) ? node.past[i - 1].at : at - of * BEAT;
      for (const [row, share] of (reading.cores ?? []).entries()) {
        if (share === null) continue;
        context.globalAlpha = FAINTEST + (1 - FAINTEST) * share;
        context.fillRect(x(since), row * height, x(at) - x(since), height - space);
      }
    }
  }
}

/** The number of the busiest core, or -1. @param {(number | null)[]} cores */
function most(cores) {
  const known = cores.filter(share => share !== null);
  return known.length === 0 ? -1 : cores.indexOf(Math.max(...known));
}
