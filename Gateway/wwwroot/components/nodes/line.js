// @ts-check
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 120;
const HEIGHT = 32;
const EDGE = 3; // room for the last point's dot
const GAP = 6_000; // ms between points, from which nothing is drawn between them

/** A small live line: values over the latest stretch of time. What it shows is also said in words. */
export class Line {
  #past = part("path", { class: "line-past" });
  #under = part("path", { class: "line-under" });
  #now = part("circle", { class: "line-now", r: 2.5 });
  root = part("svg", { class: "line", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" },
    part("path", { class: "line-ground", d: `M0,${HEIGHT}H${WIDTH}` }), this.#under, this.#past, this.#now);

  /**
   * @param {string} label what the values are
   * @param {number} span ms that the width stands for
   * @param {number} least the value that the height stands for at the least, so that a trifle does not look like a storm
   * @param {(value: number) => string} write
   */
  constructor(label, span, least, write) {
    this.label = label;
    this.span = span;
    this.least = least;
    this.write = write;
  }

  /** @param {{ at: number, value: number | undefined }[]} points @param {number} now */
  draw(points, now) {
    const known = /** @type {{ at: number, value: number }[]} */ (points.filter(({ at, value }) => value !== undefined && at >= now - this.span));
    const values = known.map(point => point.value);
    const most = Math.max(this.least, ...values);
    const x = /** @param {number} at */ at => round((1 - (now - at) / this.span) * (WIDTH - EDGE));
    const y = /** @param {number} value */ value => round(HEIGHT - EDGE - value / most * (HEIGHT - 2 * EDGE));
    const stretches = unbroken(known).map(stretch => stretch.map(({ at, value }) => [x(at), y(value)]));
    this.#past.setAttribute("d", stretches.map(stretch => `M${stretch.join("L")}`).join(""));
    this.#under.setAttribute("d", stretches.map(stretch =>
      `M${stretch[0][0]},${HEIGHT}L${stretch.join("L")}L${stretch[stretch.length - 1][0]},${HEIGHT}Z`).join(""));
    const last = known.at(-1);
    this.#now.toggleAttribute("hidden", !last);
    if (last) {
      this.#now.setAttribute("cx", String(x(last.at)));
      this.#now.setAttribute("cy", String(y(last.value)));
    }
    this.root.setAttribute("aria-label", last
      ? `${this.label}: now ${this.write(last.value)}, between ${this.write(Math.min(...values))} and ${this.write(Math.max(...values))} in the last ${this.span / 60_000} minutes`
      : `${this.label}: not known`);
  }
}

/** @template {{ at: number }} P @param {P[]} points @returns {P[][]} */
function unbroken(points) {
  /** @type {P[][]} */ const stretches = [];
  for (const [i, point] of points.entries()) {
    if (i === 0 || point.at - points[i - 1].at > GAP) stretches.push([]);
    stretches[stretches.length - 1].push(point);
  }
  return stretches;
}

/** @param {string} name @param {Record<string, string | number>} props @param {Element[]} children */
function part(name, props, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(props)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
