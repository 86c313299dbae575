// @ts-check
import { el } from "../../element.js";
import { words } from "../../words.js";
import { coresOf, groups, process, valuesOf, written } from "./figures.js";
import { write } from "./plot.js";
import { SPANS, readingAt } from "./readings.js";

/** @typedef {import("./figures.js").Figure} Figure */
/** @typedef {import("./plot.js").Look} Look */
/** @typedef {import("./readings.js").Node} Node */

const MINUTE = 60_000; // ms
const BACK = [1, 2, 3, 4]; // minutes ago, where some are to be seen
const FAR_BACK = [10, 20, 30, 45]; // where an hour is

/** What the charts of a node show, in words and numbers, for those who cannot see them or want it exact. */
export class NodeTable {
  #now = el("th", { scope: "col" });
  #back = BACK.map(() => el("th", { scope: "col" }));
  /** @type {{ figure: Figure, cells: HTMLElement[] }[]} */ #rows = [];
  #cores = -1;

  /** @param {string} node */
  constructor(node) {
    const { figure, least, most, tableOf } = words.nodes;
    this.table = el("table", { "aria-label": tableOf(node) }, el("thead", {}, el("tr", {},
      el("th", { scope: "col", text: figure }), this.#now, ...this.#back, ...[least, most].map(text => el("th", { scope: "col", text })))));
    this.root = el("div", { class: "node-table", role: "region", tabindex: "0", "aria-label": tableOf(node) }, this.table);
  }

  /** @param {Node} node @param {Look} look */
  say(node, { now, span }) {
    const back = span === SPANS[0] ? BACK : FAR_BACK;
    for (const [i, minutes] of back.entries()) write(this.#back[i], words.nodes.minutesAgo(minutes));
    const cores = coresOf(node);
    if (cores.length !== this.#cores) this.#build(cores);
    write(this.#now, node.lost ? words.nodes.last : words.nodes.nowColumn);
    const then = back.map(minutes => readingAt(node.past, now - minutes * MINUTE));
    for (const { figure, cells } of this.#rows) {
      const values = valuesOf(figure, node.past);
      const extremes = [Math.min(...values), Math.max(...values)].map(value => values.length === 0 ? words.nodes.unknown : figure.write(value));
      const texts = [...[node.latest, ...then].map(reading => written(figure, reading)), ...extremes];
      for (const [i, text] of texts.entries()) {
        write(cells[i], text);
        cells[i].classList.toggle("unknown", text === words.nodes.unknown);
      }
    }
  }

  /** A row for every figure, under the heading of its chart. @param {Figure[]} cores */
  #build(cores) {
    this.#cores = cores.length;
    const [cpu, ...others] = groups.map(({ title, figures, beside = [] }) => ({ title, figures: [...figures, ...beside] }));
    const parts = [cpu, { title: words.nodes.cores, figures: cores }, ...others, { title: process.title, figures: process.beside ?? [] }];
    this.#rows = [];
    for (const body of [...this.table.tBodies]) body.remove();
    this.table.append(...parts.filter(part => part.figures.length > 0).map(({ title, figures }) => {
      const alone = figures.length === 1;
      return el("tbody", {},
        !alone && el("tr", { class: "node-table-part" }, el("th", { scope: "rowgroup", colspan: BACK.length + 4, text: title })),
        ...figures.map(figure => this.#row(figure, alone ? title : figure.name)));
    }));
  }

  /** @param {Figure} figure @param {string} name */
  #row(figure, name) {
    const cells = Array.from({ length: BACK.length + 3 }, () => el("td"));
    this.#rows.push({ figure, cells });
    return el("tr", {}, el("th", { scope: "row", text: name }), ...cells);
  }
}
