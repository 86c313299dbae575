// @ts-check
/**
 * The words of the wire (docs/PROTOCOL.md), as far as this page speaks them.
 *
 * @typedef {"owner" | "moderator" | "member"} Role
 * @typedef {{ id: string, name: string, guest?: boolean, admin?: boolean }} User
 * @typedef {{ room: string, name: string, head: number, read: number, unread: number, mentions: number, last: string,
 *   role: Role, gap?: boolean, topic?: string, visibility?: string, members?: number }} RoomEntry
 * @typedef {{ seq: number, at: string, by: string, text?: string, reply?: number, edited?: boolean, deleted?: boolean,
 *   reactions?: Record<string, string[]> }} Message
 * @typedef {{ seq: number, at: string, by: string, kind: string, text?: string, reply?: number, target?: number,
 *   deleted?: boolean, emoji?: string, on?: boolean, user?: string, reason?: string, role?: Role, name?: string,
 *   topic?: string, visibility?: string, slow?: number }} RoomEvent
 * @typedef {{ user: string, name: string, role: Role, online: boolean, lastActive: string, read?: number }} Member
 * @typedef {{ room: string, name: string, topic: string, members: number, head: number }} ListedRoom
 * @typedef {{ user: User, limits: { text: number, frame: number, rooms: number }, rooms: RoomEntry[], token?: string,
 *   blocked?: string[] }} Welcome
 * @typedef {{ room: string, name: string, topic: string, visibility: string, head: number, members: Member[],
 *   more: boolean, recent: Message[], slow?: number, banned?: { user: string, name: string }[] }} Status
 * @typedef {{ ev: string, room: string, events: RoomEvent[], online?: string[], offline?: string[], count?: number,
 *   user: string, seq: number, kind: string, by: string, reason?: string, retryAfter?: number, nodes?: NodeReading[] }} Push
 * @typedef {{ node: string, at: string, source?: string, load1?: number, load5?: number, load15?: number, cpu?: number,
 *   cores?: (number | null)[], memoryTotal?: number, memoryAvailable?: number, memoryFree?: number, memoryBuffers?: number,
 *   memoryCached?: number, swapTotal?: number, swapFree?: number, networkReceived?: number, networkSent?: number,
 *   diskRead?: number, diskWritten?: number, networkErrors?: number, networkDrops?: number, diskErrors?: number,
 *   temperature?: number, uptime?: number, processMemory: number, processCpu?: number,
 *   processHeap?: number, processThreads?: number, processUptime?: number, connections: number, rooms?: number,
 *   outbox?: number, messages?: number, deliveries?: number }} NodeReading
 */

/** A refusal of the server, with the protocol's code; or `offline`, when the line broke before the answer. */
export class ChatError extends Error {
  /** @param {{ code: string, message: string, retryAfter?: number }} error */
  constructor({ code, message, retryAfter }) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Whether the same thing, asked again with the same key, may succeed in a moment. */
  get passing() {
    return this.code === "unavailable" || this.code === "rate_limited" || this.code === "offline";
  }
}

/** Waits for what shows itself when it is refused, or is tried again. @param {Promise<any>[]} work */
export async function tolerate(...work) {
  const results = await Promise.allSettled(work);
  for (const result of results) {
    if (result.status === "rejected" && !(result.reason instanceof ChatError)) throw result.reason;
  }
}

/**
 * What to do after a connection, by its close code. What is not named here is an accident: resume.
 * @param {number} code
 * @returns {"stop" | "sign in" | "at once" | "later" | "resume"}
 */
export function afterClose(code) {
  switch (code) {
    case 1002: case 1003: case 1007: case 1009: case 4002: case 4010: return "stop";
    case 4003: return "sign in";
    case 1012: case 4008: return "at once";
    case 4009: return "later";
    default: return "resume";
  }
}

/** A fresh key for a post. @returns {string} */
export function newKey() {
  // randomUUID exists on secure origins only, and a chat on a home network is none.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, "0")).join("");
}
