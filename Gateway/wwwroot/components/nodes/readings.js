// @ts-check
/** @typedef {import("../../protocol.js").NodeReading} NodeReading */
/** @typedef {import("../../protocol.js").NodePast} NodePast */
/** A reading, and when it was heard; or, of older times, the mean of so many. @typedef {{ at: number, reading: NodeReading, of: number }} Point */
/** @typedef {{ node: string, latest: NodeReading, past: Point[], silent: number, lost: boolean }} Node */
/** `hole`: when the last one began in which nothing came. @typedef {{ latest: NodeReading, heard: number, past: Point[], hole?: { from: number, to: number }, asked: number }} Known */

/** Of so much time the page keeps readings. */
export const HOUR = 3_600_000; // ms

/** What can be looked at: the last so much. */
export const SPANS = [300_000, HOUR]; // ms

/** Between two readings that are further apart nothing is known. They come every two seconds, and now and then one comes late. */
export const GAP = 6_000; // ms

// What is older than the first span is kept as means of so much. Between two of them nothing is missing if they are less than one and a half apart.
const COARSE = 10_000; // ms
const COARSE_GAP = 1.5 * COARSE;

const WORTH_ASKING = 20_000; // ms of past that the server has and we do not
const SETTLING = 5_000; // ms: after a hole the nodes fill it there first; and nothing is asked for more often

/** What is known of every node. All times are this browser's: the nodes' clocks are their own. */
export class Readings {
  /** @type {Map<string, Known>} */ #nodes = new Map();

  /**
   * The latest reading of every node that the cluster knows. One that was there before is no sign of life.
   * @param {NodeReading[]} nodes @param {number} now
   */
  take(nodes, now) {
    for (const latest of nodes) {
      const known = this.#nodes.get(latest.node) ?? { latest, heard: -Infinity, past: [], asked: -Infinity };
      if (known.heard === -Infinity || latest.at !== known.latest.at) {
        const before = known.heard;
        known.heard = now - (latest.silent ?? 0) * 1000;
        if (known.heard - before > GAP && before !== -Infinity) known.hole = { from: known.hole?.from ?? before, to: known.heard };
        known.past.push({ at: known.heard, reading: latest, of: 1 });
        known.past = thin(known.past, now);
      }
      known.latest = latest; // also where it is an old one: it may be lost by now
      this.#nodes.set(latest.node, known);
    }
    const reported = new Set(nodes.map(node => node.node));
    for (const name of this.#nodes.keys()) if (!reported.has(name)) this.#nodes.delete(name); // the cluster forgot it
  }

  /** The nodes of whose past the server knows more than we do, and which it has had time to hear itself. @param {number} now */
  wanted(now) {
    return [...this.#nodes.values()].filter(({ latest, past, hole, asked }) => {
      const theirs = (latest.past ?? 0) * 1000;
      const longer = theirs > now - (past[0]?.at ?? now) + WORTH_ASKING;
      const whole = hole && now - hole.to > SETTLING && theirs > now - hole.from;
      return now - asked > SETTLING && (longer || whole);
    }).map(known => {
      known.asked = now;
      return known.latest.node;
    });
  }

  /** The hour of a node, as the server knows it. What lies before and after is left as it is. @param {NodePast} hour @param {number} now */
  fill({ latest, times, figures, cores }, now) {
    const known = this.#nodes.get(latest.node);
    if (!known || times.length === 0) return;
    const last = now - (latest.silent ?? 0) * 1000;
    const columns = Object.entries(figures);
    const fine = times[times.length - 1] - SPANS[0];
    const past = times.map((time, i) => ({
      at: last - (Date.parse(latest.at) - time),
      reading: /** @type {NodeReading} */ ({
        node: latest.node, at: new Date(time).toISOString(), source: latest.source,
        ...Object.fromEntries(columns.map(([name, values]) => [name, values[i] ?? undefined])),
        ...(cores.length > 0 && { cores: cores.map(shares => shares[i]) }),
      }),
      of: time < fine ? COARSE / 2_000 : 1,
    }));
    known.past = [
      ...known.past.filter(point => point.at < past[0].at - COARSE),
      ...past,
      ...known.past.filter(point => Date.parse(point.reading.at) > times[times.length - 1]),
    ];
    known.hole = undefined;
  }

  /** Every node by its name: `node-2` before `node-10`. @param {number} now @param {number} [span] @returns {Node[]} */
  all(now, span = SPANS[0]) {
    return [...this.#nodes.values()]
      .map(({ latest, heard, past }) => ({
        node: latest.node, latest, past: past.filter(point => point.at >= now - span), silent: now - heard, lost: latest.lost === true,
      }))
      .sort((a, b) => a.node.localeCompare(b.node, "en", { numeric: true }));
  }
}

/** Whether nothing is known of the time between two points. @param {Point} before @param {Point} after */
export function apart(before, after) {
  return after.at - before.at > (before.of > 1 || after.of > 1 ? COARSE_GAP : GAP);
}

/** What was known of a node at a time. @param {Point[]} past @param {number} time @returns {NodeReading | undefined} */
export function readingAt(past, time) {
  const nearest = past.reduce((/** @type {Point | undefined} */ best, point) =>
    best && Math.abs(best.at - time) <= Math.abs(point.at - time) ? best : point, undefined);
  return nearest && Math.abs(nearest.at - time) <= (nearest.of > 1 ? COARSE_GAP : GAP) / 2 ? nearest.reading : undefined;
}

/** What has become old is drawn together, and what is too old is let go. @param {Point[]} past @param {number} now */
function thin(past, now) {
  /** @type {Point[]} */ const kept = [];
  for (const point of past) {
    const before = kept[kept.length - 1];
    if (point.at < now - HOUR) continue;
    if (before && point.of === 1 && point.at < now - SPANS[0] && Math.floor(before.at / COARSE) === Math.floor(point.at / COARSE)) {
      kept[kept.length - 1] = { at: point.at, reading: mean(before, point.reading), of: before.of + 1 };
    } else kept.push(point);
  }
  return kept;
}

/** @param {Point} before @param {NodeReading} next @returns {NodeReading} */
function mean({ reading, of }, next) {
  const together = /** @param {any} a @param {any} b */ (a, b) =>
    typeof a === "number" && typeof b === "number" ? (a * of + b) / (of + 1) : b ?? a;
  const all = /** @type {Record<string, any>} */ ({ ...reading, ...next });
  for (const [name, value] of Object.entries(reading)) all[name] = together(value, /** @type {any} */ (next)[name]);
  if (reading.cores && next.cores) all.cores = next.cores.map((share, i) => together(reading.cores?.[i] ?? null, share));
  return /** @type {NodeReading} */ (all);
}
