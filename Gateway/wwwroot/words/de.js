// @ts-check
/** Alles, was die Seite sagt, auf Deutsch. @type {import("../words.js").Words} */
export const de = {
  common: {
    close: "Schließen",
    cancel: "Abbrechen",
    more: "Mehr anzeigen",
    tryAgain: "Noch einmal",
  },

  signin: {
    guest: { title: "Komm herein und rede mit", lead: "Ein Name genügt.", submit: "Hereinkommen" },
    account: { title: "Willkommen zurück", lead: "Melde dich mit deinem Konto an.", submit: "Anmelden" },
    register: { title: "Ein Konto anlegen", lead: "Behalte deinen Namen, auf jedem Gerät.", submit: "Konto anlegen" },
    name: "Dein Name",
    user: "Benutzername",
    userRule: "Kleinbuchstaben, Ziffern und dazwischen _ . -",
    password: "Passwort",
    signIn: "Anmelden",
    or: "oder",
    createAccount: "ein Konto anlegen",
    asGuest: "Als Gast hereinkommen",
    orAsGuest: "als Gast hereinkommen",
    haveAccount: "Ich habe ein Konto",
    wait: "Einen Augenblick",
    unreachable: "Der Server ist nicht zu erreichen. Neuer Versuch …",
    cannotReach: "Der Server ist nicht zu erreichen.",
    status: status => `Der Server hat mit dem Status ${status} geantwortet.`,
  },

  rooms: {},

  room: {
    back: "Zurück zu den Räumen",
    members: "Mitglieder ein- oder ausblenden",
    leave: "Diesen Raum verlassen",
    leaveTitle: room => `${room} verlassen?`,
    leavePublic: "Du kannst jederzeit wiederkommen.",
    leavePrivate: "Um wiederzukommen, muss dich jemand einladen.",
    stay: "Bleiben",
    leaveYes: "Verlassen",
    direct: "Nur ihr beide",
    typing: names => names.length > 2 ? "Mehrere schreiben gerade …" : `${names.join(" und ")} ${names.length === 1 ? "schreibt" : "schreiben"} gerade …`,
    notYours: "Dieses Gespräch ist nicht deins.",
    closed: "Dieser Raum lässt sich nicht öffnen",
    lost: "Du bist nicht mehr in diesem Raum",
    loss: (loss, room, by) => {
      const reason = loss?.reason ? ` „${loss.reason}“` : "";
      if (loss?.kind === "kicked") return `${by} hat dich aus ${room} entfernt.${reason}`;
      if (loss?.kind === "banned") return `${by} hat dich aus ${room} verbannt.${reason}`;
      if (loss?.kind === "gone") return `${room} wurde gelöscht, mit allem darin.`;
      return `Du bist kein Mitglied von ${room} mehr.`;
    },
  },

  log: {
    label: "Nachrichten",
    opening: "Wird geöffnet …",
    offline: "Dieser Raum wird geladen, sobald es eine Verbindung gibt.",
    latest: "Neueste Nachrichten",
    unread: n => `${n} neue ${n === 1 ? "Nachricht" : "Nachrichten"}`,
    mark: "Neue Nachrichten",
    firstNew: "Zur ersten",
    reloaded: "Du warst lange fort: Dieser Raum wurde neu geladen.",
    notThere: "Diese Nachricht gibt es nicht mehr.",
    none: "Kein Raum ist offen",
    noneHint: "Wähle einen Raum aus der Liste, oder finde einen neuen mit +.",
    startDirect: name => `Dein Gespräch mit ${name}`,
    startDirectHint: "Nur ihr beide könnt es lesen.",
    start: room => `Willkommen in ${room}`,
    startHint: "Hier fängt es an. Sag hallo!",
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
    connecting: "Verbindung wird wieder aufgebaut …",
    lost: "Die Verbindung ist abgerissen.",
    offline: "Du bist offline.",
    goingDown: "Der Server startet neu.",
    tooMuch: "Das war zu viel auf einmal: Der Server bittet um eine Pause.",
    tooSlow: "Die Verbindung ist zu langsam für das, was hereinkommt.",
    next: seconds => `Nächster Versuch in ${seconds} s.`,
    kept: "Was du schreibst, wird aufgehoben und gesendet.",
    tryNow: "Jetzt versuchen",
    ended: (code, reason) =>
      code === 4010 ? "Du hast dich abgemeldet, in einem anderen Tab oder auf einem anderen Gerät."
      : code === 4003 ? "Deine Anmeldung ist abgelaufen. Melde dich neu an."
      : reason ? `Der Server hat die Verbindung beendet: ${reason}.` : "Die Verbindung ist abgerissen.",
  },

  notices: {
    inRoom: (name, room) => `${name} in ${room}`,
    invited: "Du wurdest eingeladen",
  },

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
