// @ts-check
/** @typedef {import("../../protocol.js").NodeReading} NodeReading */
/** A reading, and when it was heard. @typedef {{ at: number, reading: NodeReading }} Point */
/** @typedef {{ node: string, latest: NodeReading, past: Point[], silent: number, lost: boolean }} Node */
/** @typedef {{ latest: NodeReading, heard: number, past: Point[] }} Known */

/** Of so much time the page keeps readings, and shows them. */
export const KEPT = 300_000; // ms

/** Between two readings that are further apart nothing is known. They come every two seconds, and now and then one comes late. */
export const GAP = 6_000; // ms

const SILENCE = 10_000; // ms without a reading, after which a node counts as lost

/** What was heard of every node while this page is open. All times are this browser's: the nodes' clocks are their own. */
export class Readings {
  /** @type {Map<string, Known>} */ #nodes = new Map();

  /**
   * The latest reading of every node that the cluster knows. One that was there before is no sign of life.
   * @param {NodeReading[]} nodes @param {number} now
   */
  take(nodes, now) {
    const newest = Math.max(...nodes.map(node => Date.parse(node.at)));
    for (const latest of nodes) {
      const known = this.#nodes.get(latest.node);
      if (known && latest.at <= known.latest.at) continue;
      // Of a node that is new to us, the others' readings tell how old its own is.
      const heard = known ? now : now - (newest - Date.parse(latest.at));
      const past = known?.past ?? [];
      past.push({ at: heard, reading: latest });
      while (past.length > 0 && past[0].at < now - KEPT) past.shift(); // even the first may be old: of a node that died
      this.#nodes.set(latest.node, { latest, heard, past });
    }
    const reported = new Set(nodes.map(node => node.node));
    for (const name of this.#nodes.keys()) if (!reported.has(name)) this.#nodes.delete(name); // the cluster forgot it
  }

  /** Every node by its name: `node-2` before `node-10`. @param {number} now @returns {Node[]} */
  all(now) {
    return [...this.#nodes.values()]
      .map(({ latest, heard, past }) => ({
        node: latest.node, latest, past: past.filter(point => point.at >= now - KEPT), silent: now - heard, lost: now - heard > SILENCE,
      }))
      .sort((a, b) => a.node.localeCompare(b.node, "en", { numeric: true }));
  }
}

/** What was known of a node at a time. @param {Point[]} past @param {number} time @returns {NodeReading | undefined} */
export function readingAt(past, time) {
  const nearest = past.reduce((/** @type {Point | undefined} */ best, point) =>
    best && Math.abs(best.at - time) <= Math.abs(point.at - time) ? best : point, undefined);
  return nearest && Math.abs(nearest.at - time) <= GAP / 2 ? nearest.reading : undefined;
}
