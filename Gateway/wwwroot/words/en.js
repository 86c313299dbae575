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

  signin: {
    guest: { title: "Come in and talk", lead: "Pick a name. That is all it takes.", submit: "Come in" },
    account: { title: "Welcome back", lead: "Sign in with your account.", submit: "Sign in" },
    register: { title: "Make an account", lead: "Keep your name, on any device.", submit: "Create account" },
    name: "Your name",
    user: "User name",
    userRule: "Small letters, digits, and _ . - between them",
    password: "Password",
    signIn: "Sign in",
    or: "or",
    createAccount: "create an account",
    asGuest: "Come in as a guest",
    orAsGuest: "come in as a guest",
    haveAccount: "I have an account",
    wait: "Just a moment",
    unreachable: "The server cannot be reached. Trying again…",
    cannotReach: "The server cannot be reached.",
    status: (/** @type {number} */ status) => `The server answered with status ${status}.`,
  },

  rooms: {},

  room: {
    back: "Back to the rooms",
    members: "Show or hide members",
    leave: "Leave this room",
    leaveTitle: (/** @type {string} */ room) => `Leave ${room}?`,
    leavePublic: "You can come back whenever you like.",
    leavePrivate: "To come back, somebody must invite you.",
    stay: "Stay",
    leaveYes: "Leave",
    direct: "Just the two of you",
    typing: (/** @type {string[]} */ names) =>
      names.length > 2 ? "Several people are typing…" : `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} typing…`,
    notYours: "This conversation is not yours.",
    closed: "This room cannot be opened",
    lost: "You are no longer in this room",
    loss: (/** @type {{ kind: string, reason?: string } | undefined} */ loss, /** @type {string} */ room, /** @type {string} */ by) => {
      const reason = loss?.reason ? ` “${loss.reason}”` : "";
      if (loss?.kind === "kicked") return `${by} removed you from ${room}.${reason}`;
      if (loss?.kind === "banned") return `${by} banned you from ${room}.${reason}`;
      if (loss?.kind === "gone") return `${room} was deleted, with everything in it.`;
      return `You are not a member of ${room} any more.`;
    },
  },

  log: {
    label: "Messages",
    opening: "Opening…",
    offline: "This room is loaded as soon as there is a connection.",
    latest: "Latest messages",
    unread: (/** @type {number} */ n) => `${n} new ${n === 1 ? "message" : "messages"}`,
    mark: "New messages",
    firstNew: "Go to the first",
    reloaded: "You were away for long: this room was loaded anew.",
    notThere: "That message is not there any more.",
    none: "No room is open",
    noneHint: "Pick a room from the list, or find a new one with +.",
    startDirect: (/** @type {string} */ name) => `Your conversation with ${name}`,
    startDirectHint: "Only the two of you can read this.",
    start: (/** @type {string} */ room) => `Welcome to ${room}`,
    startHint: "This is where it begins. Say hello!",
  },

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

  line: {
    connecting: "Reconnecting…",
    lost: "The connection is lost.",
    offline: "You are offline.",
    goingDown: "The server is restarting.",
    tooMuch: "That was too much at once: the server asks for a pause.",
    tooSlow: "The connection is too slow for what comes in.",
    next: (/** @type {number} */ seconds) => `Next try in ${seconds} s.`,
    kept: "What you write is kept and sent.",
    tryNow: "Try now",
    ended: (/** @type {number} */ code, /** @type {string} */ reason) =>
      code === 4010 ? "You signed out, here in another tab or on another device."
      : code === 4003 ? "Your sign-in has ended. Sign in again."
      : reason ? `The server closed the connection: ${reason}.` : "The connection was lost.",
  },

  notices: {
    inRoom: (/** @type {string} */ name, /** @type {string} */ room) => `${name} in ${room}`,
    invited: "You were invited",
  },

  nodes: {},

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
