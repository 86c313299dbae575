// @ts-check
import { words } from "../../words.js";
import { bytes, celsius, coresBusy, count, duration, hundredths, percent, perSecond, speed } from "./units.js";

/** @typedef {import("../../protocol.js").NodeReading} NodeReading */

/**
 * A number of a node: what it is called, where it stands in a reading, and how it is written. Charts and tables are
 * made of the same ones, so that they say the same.
 * @typedef {{ name: string, of: (reading: NodeReading) => number | null | undefined, write: (value: number) => string }} Figure
 */

/**
 * What one chart shows.
 * @typedef {object} Group
 * @property {string} title
 * @property {Figure[]} figures
 * @property {number} least  the value that the height stands for at the least, so that a trifle does not look like a storm
 * @property {(reading: NodeReading) => number | undefined} [whole]  the value that the height stands for, where there is such a thing
 * @property {(reading: NodeReading) => string | undefined} [note]  what else there is to say of a reading
 * @property {Figure[]} [beside]  figures that belong here and are not drawn
 */

const w = words.nodes;

/** @type {Group} */
const cpu = {
  title: w.cpu,
  figures: [{ name: w.cpu, of: reading => reading.cpu, write: percent }],
  least: 1,
  note: reading => reading.cores && w.ofCores(reading.cores.length, count(reading.cores.length)),
};

/** @type {Group} */
const load = {
  title: w.load,
  figures: [
    { name: w.load1, of: reading => reading.load1, write: hundredths },
    { name: w.load5, of: reading => reading.load5, write: hundredths },
    { name: w.load15, of: reading => reading.load15, write: hundredths },
  ],
  least: 1,
};

/** @type {Group} */
const memory = {
  title: w.memory,
  figures: [{ name: w.memoryUsed, of: ({ memoryTotal: total, memoryAvailable: available }) => less(total, available), write: bytes }],
  least: 1,
  whole: reading => reading.memoryTotal,
  note: ({ memoryTotal: total, memoryAvailable: available }) =>
    total && available !== undefined ? w.ofMemory(bytes(total), percent((total - available) / total)) : undefined,
  beside: [
    { name: w.free, of: reading => reading.memoryFree, write: bytes },
    { name: w.cached, of: reading => reading.memoryCached, write: bytes },
    { name: w.buffers, of: reading => reading.memoryBuffers, write: bytes },
    { name: w.swap, of: ({ swapTotal, swapFree }) => less(swapTotal, swapFree), write: bytes },
  ],
};

/** @type {Group} */
const network = {
  title: w.network,
  figures: [
    { name: w.received, of: reading => reading.networkReceived, write: speed },
    { name: w.sent, of: reading => reading.networkSent, write: speed },
  ],
  least: 10_000,
  note: ({ networkErrors }) => networkErrors ? w.withErrors(perSecond(networkErrors)) : undefined,
  beside: [
    { name: w.errors, of: reading => reading.networkErrors, write: perSecond },
    { name: w.dropped, of: reading => reading.networkDrops, write: perSecond },
  ],
};

/** @type {Group} */
const disk = {
  title: w.disk,
  figures: [
    { name: w.read, of: reading => reading.diskRead, write: speed },
    { name: w.written, of: reading => reading.diskWritten, write: speed },
  ],
  least: 100_000,
  beside: [{ name: w.diskErrors, of: reading => reading.diskErrors, write: count }],
};

/** @type {Group} */
const connections = {
  title: w.connectionsTitle,
  figures: [{ name: w.connectionsTitle, of: reading => reading.connections, write: count }],
  least: 10,
  note: ({ rooms }) => rooms === undefined ? undefined : w.roomsOpen(rooms, count(rooms)),
  beside: [
    { name: w.rooms, of: reading => reading.rooms, write: count },
    { name: w.outbox, of: reading => reading.outbox, write: bytes },
  ],
};

/** @type {Group} */
const messages = {
  title: w.messagesTitle,
  figures: [{ name: w.posted, of: reading => reading.messages, write: perSecond }],
  least: 1,
  note: ({ deliveries }) => deliveries === undefined ? undefined : w.delivered(perSecond(deliveries)),
  beside: [{ name: w.deliveries, of: reading => reading.deliveries, write: perSecond }],
};

/** What is known of the server's process; too steady for a chart. @type {Group} */
export const process = {
  title: w.process,
  figures: [],
  least: 1,
  beside: [
    { name: w.processCpu, of: reading => reading.processCpu, write: coresBusy },
    { name: w.processMemory, of: reading => reading.processMemory, write: bytes },
    { name: w.heap, of: reading => reading.processHeap, write: bytes },
    { name: w.threads, of: reading => reading.processThreads, write: count },
    { name: w.processUp, of: reading => reading.processUptime, write: duration },
    { name: w.temperature, of: reading => reading.temperature, write: celsius },
    { name: w.machineUp, of: reading => reading.uptime, write: duration },
  ],
};

/** What stands in words below the charts. */
export const details = [...memory.beside ?? [], ...disk.beside ?? [], ...process.beside ?? []];

/** In the order of their charts. Between the first two the cores have theirs. */
export const groups = [cpu, load, memory, network, disk, connections, messages];

/** As many figures as a node had cores at any time. @param {import("./readings.js").Node} node @returns {Figure[]} */
export function coresOf({ latest, past }) {
  const length = Math.max(...[latest, ...past.map(point => point.reading)].map(reading => reading.cores?.length ?? 0));
  return Array.from({ length }, (_, i) => ({ name: w.core(i), of: reading => reading.cores?.[i], write: percent }));
}

/** A value in words. @param {Figure} figure @param {NodeReading | undefined} reading */
export function written({ of, write }, reading) {
  const value = reading && of(reading);
  return value === undefined || value === null ? w.unknown : write(value);
}

/** The known values of a figure. @param {Figure} figure @param {{ reading: NodeReading }[]} past */
export function valuesOf({ of }, past) {
  return past.map(({ reading }) => of(reading)).filter(value => value !== undefined && value !== null);
}

/** @param {number | undefined} whole @param {number | undefined} part */
function less(whole, part) {
  return whole === undefined || part === undefined ? undefined : whole - part;
}
