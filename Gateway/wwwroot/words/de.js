// @ts-check
/** Alles, was die Seite sagt, auf Deutsch. @type {import("../words.js").Words} */
export const de = {
  common: {
    close: "Schließen",
    cancel: "Abbrechen",
    more: "Mehr anzeigen",
    tryAgain: "Noch einmal",
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
    today: "Heute",
    yesterday: "Gestern",
  },

  errors: {
    bad_request: "Das hat der Server nicht verstanden.",
    unauthenticated: "Deine Anmeldung ist abgelaufen.",
    forbidden: "Das darfst du hier nicht.",
    not_found: "Das gibt es nicht.",
    not_member: "Du bist kein Mitglied dieses Raums.",
    banned: "Du bist aus diesem Raum verbannt.",
    conflict: "Das gibt es schon.",
    too_long: "Das ist zu lang.",
    rate_limited: "Das ging zu schnell. Warte einen Augenblick.",
    unavailable: "Das kann der Server gerade nicht.",
    offline: "Es gibt keine Verbindung.",
  },
};
