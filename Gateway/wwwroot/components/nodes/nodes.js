// @ts-check
import { el } from "../../element.js";
import { Line } from "./line.js";
import { KEPT } from "./readings.js";

/** @typedef {import("./readings.js").Readings} Readings */
/** @typedef {ReturnType<Readings["all"]>[number]} Node */

const COLUMNS = ["Node", "State", "Load", "Memory", "Process", "Connections", "Last heard"];
const UNKNOWN = "–";
const oneDigit = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDigits = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat();
const percent = new Intl.NumberFormat(undefined, { style: "percent" });

/** Every node of the cluster in a row. The roles are said once more, for where a narrow page makes cards of the rows. */
export class NodeTable {
  /** @type {Map<string, NodeRow>} */ #rows = new Map();
  #body = el("tbody", { role: "rowgroup" });
  #summary = el("p", { class: "nodes-summary", role: "status", text: "Connecting…" });
  #line = "connecting";

  /** @param {HTMLElement} root @param {Readings} readings */
  constructor(root, readings) {
    this.readings = readings;
    root.replaceChildren(
      el("div", { class: "nodes-title" }, el("h1", { id: "nodes-title", text: "Nodes" }), this.#summary),
      el("table", { class: "nodes", role: "table", "aria-labelledby": "nodes-title" },
        el("thead", { role: "rowgroup" }, el("tr", { role: "row" },
          ...COLUMNS.map(name => el("th", { role: "columnheader", scope: "col", text: name })))),
        this.#body),
      el("p", { class: "hint", text: `Load is the number of runnable tasks, averaged over one minute. The lines show the last ${KEPT / 60_000} minutes.` }));
  }

  /** @param {"connecting" | "live" | "waiting"} line */
  say(line) {
    this.#line = line;
    this.update(Date.now());
  }

  /** @param {number} now */
  update(now) {
    const nodes = this.readings.all(now);
    const rows = nodes.map(node => {
      const row = this.#rows.get(node.node) ?? new NodeRow(node.node);
      row.update(node, now);
      return [node.node, row];
    });
    const [before, after] = [[...this.#rows.keys()], rows.map(([name]) => name)];
    this.#rows = new Map(/** @type {[string, NodeRow][]} */ (rows));
    if (before.join("\n") !== after.join("\n")) this.#body.replaceChildren(...[...this.#rows.values()].map(row => row.root));
    write(this.#summary, this.#words(nodes));
  }

  /** @param {Node[]} nodes */
  #words(nodes) {
    if (this.#line === "waiting") return "The server cannot be reached. Trying again…";
    if (nodes.length === 0) return "Connecting…";
    const here = nodes.filter(node => !node.lost);
    const connections = here.reduce((sum, node) => sum + node.connections, 0);
    const lost = nodes.length - here.length;
    return `${count(here.length, "node")}, ${count(connections, "connection")}${lost ? `, ${whole.format(lost)} lost` : ""}`;
  }
}

class NodeRow {
  #source = el("small", {});
  #state = el("span", { class: "node-state" });
  #load = el("span", { class: "figure" });
  #loadLine = new Line("Load", KEPT, 1, value => twoDigits.format(value));
  #bar = el("span", { class: "bar", "aria-hidden": "true" });
  #memory = el("span", { class: "figure" });
  #process = el("span", { class: "figure" });
  #connections = el("span", { class: "figure" });
  #connectionsLine = new Line("Connections", KEPT, 10, value => whole.format(value));
  #heard = el("span", { class: "figure" });

  /** @param {string} name */
  constructor(name) {
    this.root = el("tr", { role: "row" },
      el("th", { role: "rowheader", scope: "row" }, el("bdi", { text: name }), this.#source),
      ...[[this.#state], [this.#load, this.#loadLine.root], [this.#memory, this.#bar], [this.#process],
        [this.#connections, this.#connectionsLine.root], [this.#heard]]
        .map((parts, i) => el("td", { role: "cell" }, el("span", { class: "cell-name", "aria-hidden": "true", text: COLUMNS[i + 1] }), ...parts)));
  }

  /** @param {Node} node @param {number} now */
  update(node, now) {
    const { memoryTotal: total, memoryAvailable: available } = node;
    const used = total !== undefined && available !== undefined ? total - available : undefined;
    const share = used !== undefined && total ? used / total : undefined;
    this.root.classList.toggle("lost", node.lost);
    write(this.#source, node.source ?? "no readings");
    write(this.#state, node.lost ? "Lost" : "Here");
    write(this.#load, node.load1 === undefined ? UNKNOWN : twoDigits.format(node.load1));
    write(this.#memory, used === undefined || share === undefined ? UNKNOWN : `${bytes(used)} of ${bytes(total ?? 0)} (${percent.format(share)})`);
    this.#bar.hidden = share === undefined;
    this.#bar.style.setProperty("--share", String(share ?? 0));
    this.#bar.classList.toggle("full", (share ?? 0) > 0.9);
    write(this.#process, bytes(node.processMemory));
    write(this.#connections, whole.format(node.connections));
    write(this.#heard, ago(node.silent));
    this.#loadLine.draw(node.past.map(({ at, load }) => ({ at, value: load })), now);
    this.#connectionsLine.draw(node.past.map(({ at, connections }) => ({ at, value: connections })), now);
  }
}

/** Text that has not changed is left alone, or screen readers would read it again. @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {number} n @param {string} noun */
function count(n, noun) {
  return `${whole.format(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** @param {number} n */
function bytes(n) {
  return n >= 2 ** 30 ? `${oneDigit.format(n / 2 ** 30)} GiB` : `${whole.format(Math.round(n / 2 ** 20))} MiB`;
}

/** @param {number} ms */
function ago(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 3) return "now";
  return seconds < 120 ? `${seconds} s ago` : `${Math.round(seconds / 60)} min ago`;
}
