// @ts-check
import { el } from "../../element.js";
import { words } from "../../words.js";
import { NodeCard } from "./card.js";
import { write } from "./plot.js";
import { SPANS } from "./readings.js";
import { ago, count, rate, timeAt } from "./units.js";

/** @typedef {import("./card.js").View} View */
/** @typedef {import("./readings.js").Node} Node */
/** @typedef {import("./readings.js").Readings} Readings */

// In the address, so that a reload and a bookmark keep the view.
const TABLE = "table";
const LONG = "hour";

/** Every node of the cluster, as charts or as tables, with a look back on all of them at once. */
export class Nodes {
  /** @type {Map<string, NodeCard>} */ #cards = new Map();
  /** @type {Map<string, boolean>} whether it was lost the last time */ #lost = new Map();
  /** @type {Set<Element>} */ #seen = new Set();
  #sight = new IntersectionObserver(entries => this.#look(entries), { rootMargin: "100px" });
  #summary = el("p", { class: "nodes-summary" });
  #news = el("p", { class: "spoken", role: "status" });
  #list = el("div", { class: "nodes" });
  #buttons = /** @type {Record<View, HTMLButtonElement>} */ ({ charts: this.#button("charts"), table: this.#button("table") });
  #spans = SPANS.map(span => this.#spanButton(span));
  #back = el("input", { type: "range", class: "nodes-back", max: 0, value: 0, id: "nodes-back" });
  #backTime = el("span", { class: "nodes-time" });
  #line = "connecting";
  /** @type {number | undefined} where a pointer is, in ms before now */ #pointed;
  #drawing = 0;

  /** @param {HTMLElement} root @param {Readings} readings */
  constructor(root, readings) {
    this.readings = readings;
    this.#back.addEventListener("input", () => this.update());
    this.#list.addEventListener("pointermove", event => this.#point(event));
    this.#list.addEventListener("pointerleave", () => this.#point());
    this.looking = el("div", { class: "nodes-look" }, el("label", { for: "nodes-back", text: words.nodes.lookBack }), this.#back, this.#backTime);
    root.replaceChildren(
      el("div", { class: "nodes-title" }, el("h1", { text: words.nodes.title }), this.#summary, this.#news),
      el("div", { class: "nodes-bar" },
        el("div", { class: "nodes-views", role: "group", "aria-label": words.nodes.view }, this.#buttons.charts, this.#buttons.table),
        el("div", { class: "nodes-views", role: "group", "aria-label": words.nodes.span }, ...this.#spans), this.looking),
      this.#list,
      el("p", { class: "hint", text: words.nodes.hint }));
    this.update();
  }

  /** @returns {View} */
  get view() {
    return this.#address.has(TABLE) ? "table" : "charts";
  }

  /** How much of the past is to be seen, in ms. */
  get span() {
    return SPANS[this.#address.has(LONG) ? 1 : 0];
  }

  get #address() {
    return new Set(location.hash.slice(1).split("+").filter(Boolean));
  }

  /** @param {"connecting" | "live" | "waiting"} line */
  say(line) {
    this.#line = line;
    this.update();
  }

  /** Once in a frame, however many readings come, and not at all in a tab that nobody sees. */
  update() {
    this.#drawing ||= requestAnimationFrame(() => {
      this.#drawing = 0;
      this.#show(Date.now());
    });
  }

  stop() {
    cancelAnimationFrame(this.#drawing);
    this.#sight.disconnect();
  }

  /** @param {number} now */
  #show(now) {
    const { view, span } = this;
    const nodes = this.readings.all(now, span);
    this.#arrange(nodes);
    for (const [name, button] of Object.entries(this.#buttons)) button.setAttribute("aria-pressed", String(name === view));
    for (const [i, button] of this.#spans.entries()) button.setAttribute("aria-pressed", String(SPANS[i] === span));
    if (this.#back.min !== String(-span / 1000)) Object.assign(this.#back, { min: -span / 1000, step: span / 150_000 });
    const chosen = -Number(this.#back.value) * 1000;
    const back = this.#pointed ?? (chosen > 0 ? chosen : undefined);
    this.looking.hidden = view !== "charts";
    write(this.#backTime, back === undefined ? words.nodes.now : timeAt(now - back));
    this.#back.setAttribute("aria-valuetext", ago(chosen));
    for (const node of nodes) {
      const card = /** @type {NodeCard} */ (this.#cards.get(node.node));
      card.say(node, { now, back, span }, view);
      if (view === "charts" && this.#seen.has(card.root)) card.draw(node, { now, back, span });
    }
    write(this.#summary, this.#overview(nodes));
    this.#tell(nodes);
  }

  /** A card for every node, in order; those that stay are left where they are. @param {Node[]} nodes */
  #arrange(nodes) {
    const names = nodes.map(node => node.node);
    if (names.join("\n") === [...this.#cards.keys()].join("\n")) return;
    for (const [name, card] of this.#cards) {
      if (names.includes(name)) continue;
      this.#sight.unobserve(card.root);
      this.#seen.delete(card.root);
      card.root.remove();
    }
    this.#cards = new Map(names.map(name => [name, this.#cards.get(name) ?? this.#newCard(name)]));
    for (const [i, card] of [...this.#cards.values()].entries()) {
      if (this.#list.children[i] !== card.root) this.#list.insertBefore(card.root, this.#list.children[i] ?? null);
    }
  }

  /** @param {string} name */
  #newCard(name) {
    const card = new NodeCard(name);
    this.#sight.observe(card.root);
    return card;
  }

  /** @param {Node[]} nodes */
  #overview(nodes) {
    if (this.#line === "waiting") return words.nodes.unreachable;
    if (nodes.length === 0) return words.nodes.connecting;
    const here = nodes.filter(node => !node.lost).map(node => node.latest);
    const lost = nodes.length - here.length;
    const connections = here.reduce((sum, reading) => sum + reading.connections, 0);
    const messages = here.reduce((sum, reading) => sum + (reading.messages ?? 0), 0);
    return [
      words.nodes.nodes(here.length, count(here.length)),
      words.nodes.connections(connections, count(connections)),
      words.nodes.messages(rate(messages)),
      ...(lost ? [words.nodes.nodesLost(count(lost))] : []),
    ].join(" · ");
  }

  /** A screen reader hears of nodes that go and come; the figures it reads when it is asked to. @param {Node[]} nodes */
  #tell(nodes) {
    const news = nodes.filter(node => this.#lost.has(node.node) && this.#lost.get(node.node) !== node.lost);
    this.#lost = new Map(nodes.map(node => [node.node, node.lost]));
    if (this.#line === "waiting") write(this.#news, words.nodes.unreachable);
    else if (news.length > 0) write(this.#news, news.map(node => (node.lost ? words.nodes.isLost : words.nodes.isBack)(node.node)).join(" "));
  }

  /** @param {View} view */
  #button(view) {
    return el("button", {
      type: "button", text: words.nodes[view],
      on: { click: () => this.#go(TABLE, view === "table") },
    });
  }

  /** @param {number} span */
  #spanButton(span) {
    return el("button", {
      type: "button", text: words.nodes.minutes(span / 60_000),
      on: { click: () => this.#go(LONG, span !== SPANS[0]) },
    });
  }

  /** @param {string} where @param {boolean} there */
  #go(where, there) {
    const address = this.#address;
    if (there) address.add(where);
    else address.delete(where);
    history.replaceState(null, "", address.size > 0 ? `#${[...address].join("+")}` : location.pathname);
    this.update();
  }

  /** @param {PointerEvent} [event] */
  #point(event) {
    const plot = /** @type {Element | null} */ (event?.target ?? null)?.closest(".plot");
    const place = plot?.getBoundingClientRect();
    this.#pointed = event && place ? Math.min(1, Math.max(0, 1 - (event.clientX - place.left) / place.width)) * this.span : undefined;
    this.update();
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #look(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) this.#seen.add(target);
      else this.#seen.delete(target);
    }
    this.update();
  }
}
