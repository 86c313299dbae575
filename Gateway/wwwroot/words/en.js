// @ts-check
/**
 * Everything that the page says, in English. A section for every part of the page. Another language is another module
 * of this shape (`// @ts-check` finds what it lacks), and a line in `words.js`.
 */
export const en = {
  common: {
    close: "Close",
    cancel: "Cancel",
    more: "Show more",
    tryAgain: "Try again",
  },

  signin: {},

  rooms: {},

  room: {},

  log: {},

  message: {},

  text: {},

  composer: {},

  emoji: {},

  search: {},

  switcher: {},

  members: {},

  profile: {},

  roomSettings: {},

  settings: {},

  line: {},

  notices: {},

  nodes: {
    title: "Nodes",
    places: "For operators",
    chat: "Chat",
    toChat: "Go to the chat",
    signInFirst: "Sign in to the chat as an administrator first.",
    administratorsOnly: "This page is for administrators.",
    connecting: "Connecting…",
    unreachable: "The server cannot be reached. Trying again…",
    nodes: (/** @type {number} */ n, /** @type {string} */ text) => `${text} node${n === 1 ? "" : "s"}`,
    connections: (/** @type {number} */ n, /** @type {string} */ text) => `${text} connection${n === 1 ? "" : "s"}`,
    messages: (/** @type {string} */ text) => `${text} messages a second`,
    nodesLost: (/** @type {string} */ text) => `${text} lost`,
    isLost: (/** @type {string} */ node) => `${node} is lost.`,
    isBack: (/** @type {string} */ node) => `${node} is back.`,
    view: "View as",
    charts: "Charts",
    table: "Table",
    lookBack: "Look back",
    now: "now",
    minutesAgo: (/** @type {number} */ n) => `${n} min ago`,
    ago: (/** @type {string} */ time) => `${time} ago`,
    here: "Here",
    lost: "Lost",
    heard: (/** @type {string} */ ago) => `last heard ${ago}`,
    source: (/** @type {string} */ source) => `read from ${source}`,
    noSource: "no readings of the machine",
    unknown: "unknown",
    known: (/** @type {string} */ name, /** @type {string} */ now, /** @type {string} */ least, /** @type {string} */ most, /** @type {number} */ minutes) =>
      `${name}${now}, between ${least} and ${most} in the last ${minutes} minutes`,
    notKnown: (/** @type {string} */ name) => `${name}unknown`,
    nowIs: (/** @type {string} */ value) => `now ${value}`,
    lastWas: (/** @type {string} */ value) => `last ${value}`,
    cpu: "CPU",
    cores: "CPU per core",
    ofCores: (/** @type {number} */ n, /** @type {string} */ text) => `of ${text} core${n === 1 ? "" : "s"}`,
    core: (/** @type {number} */ n) => `Core ${n}`,
    busiest: (/** @type {string} */ core) => `on core ${core}, the busiest`,
    load: "Load",
    load1: "1 min",
    load5: "5 min",
    load15: "15 min",
    memory: "Memory",
    memoryUsed: "in use",
    ofMemory: (/** @type {string} */ total, /** @type {string} */ share) => `of ${total} (${share})`,
    network: "Network",
    received: "received",
    sent: "sent",
    disk: "Disk",
    read: "read",
    written: "written",
    connectionsTitle: "Connections",
    rooms: "Rooms open",
    roomsOpen: (/** @type {number} */ n, /** @type {string} */ text) => `${text} room${n === 1 ? "" : "s"} open`,
    messagesTitle: "Messages",
    perSecond: (/** @type {string} */ text) => `${text}/s`,
    delivered: (/** @type {string} */ rate) => `${rate} delivered`,
    deliveries: "delivered",
    posted: "posted",
    figure: "Figure",
    last: "Last",
    nowColumn: "Now",
    least: "Least",
    most: "Most",
    tableOf: (/** @type {string} */ node) => `Figures of ${node}`,
    process: "Process",
    processMemory: "Memory of the process",
    processCpu: "CPU of the process",
    coresBusy: (/** @type {string} */ text) => `${text} cores`,
    heap: "Managed heap",
    threads: "Threads",
    cached: "Cached by the kernel",
    buffers: "Buffers",
    free: "Free",
    swap: "Swap in use",
    outbox: "Waiting to be sent",
    processUp: "Process up for",
    machineUp: "Machine up for",
    hint: (/** @type {number} */ minutes) => `Load is the number of tasks that run or wait to, averaged. The charts show the last ${minutes} minutes; a gap means that nothing came.`,
  },

  times: {
    today: "Today",
    yesterday: "Yesterday",
  },

  /** By the protocol's codes. */
  errors: {
    bad_request: "The server did not understand that.",
    unauthenticated: "Your sign-in has ended.",
    forbidden: "You may not do that here.",
    not_found: "There is no such thing.",
    not_member: "You are not a member of this room.",
    banned: "You are banned from this room.",
    conflict: "There is one already.",
    too_long: "That is too long.",
    rate_limited: "That was too fast. Wait a moment.",
    unavailable: "The server cannot do that right now.",
    offline: "There is no connection.",
  },
};
