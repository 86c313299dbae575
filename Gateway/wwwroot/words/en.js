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
