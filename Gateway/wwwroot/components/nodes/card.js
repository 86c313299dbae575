// @ts-check
import { el } from "../../element.js";
import { words } from "../../words.js";
import { Chart } from "./chart.js";
import { CoreStrips } from "./cores.js";
import { details, groups, written } from "./figures.js";
import { write } from "./plot.js";
import { readingAt } from "./readings.js";
import { NodeTable } from "./table.js";
import { ago } from "./units.js";

/** @typedef {import("./plot.js").Look} Look */
/** @typedef {import("./readings.js").Node} Node */
/** @typedef {"charts" | "table"} View */

const QUIET = 10_000; // ms after which it is told how long nothing came

/** One node: how it is, and its charts or its table. */
export class NodeCard {
  #state = el("span", { class: "node-state" });
  #source = el("span", { class: "node-source" });
  #heard = el("span", { class: "node-heard" });
  #charts;
  #details = details.map(figure => ({ figure, value: el("dd") }));

  /** @param {string} name */
  constructor(name) {
    const [first, ...others] = groups.map(group => new Chart(group));
    this.#charts = [first, new CoreStrips(), ...others];
    this.table = new NodeTable(name);
    this.charts = el("div", { class: "charts" }, ...this.#charts.map(chart => chart.root),
      el("dl", { class: "node-details" }, ...this.#details.map(({ figure, value }) => el("div", {}, el("dt", { text: figure.name }), value))));
    this.root = el("article", { class: "node", "aria-label": name },
      el("header", { class: "node-head" }, el("h2", {}, el("bdi", { text: name })), this.#state, this.#heard, this.#source), this.charts, this.table.root);
  }

  /** What it says is right at all times, also out of sight: somebody may be reading it aloud. @param {Node} node @param {Look} look @param {View} view */
  say(node, look, view) {
    this.root.classList.toggle("lost", node.lost);
    write(this.#state, node.lost ? words.nodes.lost : words.nodes.here);
    write(this.#heard, node.lost || node.silent > QUIET ? words.nodes.heard(ago(node.silent)) : "");
    write(this.#source, node.latest.source ? words.nodes.source(node.latest.source) : words.nodes.noSource);
    this.charts.hidden = view !== "charts";
    this.table.root.hidden = view !== "table";
    if (view === "table") {
      this.table.say(node, look);
      return;
    }
    for (const chart of this.#charts) chart.say(node, look);
    const reading = look.back === undefined ? node.latest : readingAt(node.past, look.now - look.back);
    for (const { figure, value } of this.#details) write(value, written(figure, reading));
  }

  /** Only where it can be seen. @param {Node} node @param {Look} look */
  draw(node, look) {
    for (const chart of this.#charts) chart.draw(node, look);
  }
}
