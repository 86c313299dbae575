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

  rooms: {
    label: "Rooms",
    title: "Rooms",
    direct: "Direct messages",
    find: "Find or create a room",
    write: "Write to somebody",
    jump: "Jump to…",
    search: "Search messages",
    none: "You are in no room yet.",
    noneFind: "Find one",
    draft: "Draft",
    private: "private",
    here: "here now",
    away: "away",
    /** @param {number} n */
    unread: n => `${n} unread`,
    /** @param {number} n */
    mentions: n => (n === 1 ? "1 mention" : `${n} mentions`),
    guest: "Guest",
    settings: "Settings",
    nodes: "Nodes",

    browse: "Public rooms",
    query: "Find a room",
    sort: "Sort by",
    byMembers: "Most members",
    byName: "Name",
    /** @param {number} n */
    members: n => (n === 1 ? "1 member" : `${n} members`),
    joined: "Joined",
    open: "Open",
    join: "Join",
    nothing: "There is no public room yet. Create the first one.",
    /** @param {string} query */
    notFound: query => `No room has “${query}” in its name or topic.`,

    create: "Create a room",
    name: "Name",
    namePlaceholder: "Garden party",
    address: "Address",
    addressHint: "How it is found in links. It stays when the name changes.",
    addressShape: "Small letters a–z, digits and hyphens, beginning with a letter or digit",
    topic: "What is it about?",
    optional: "optional",
    isPrivate: "Private",
    privateHint: "Only people who are invited see it.",
    taken: "There is, or was, a room with this address. Take another one.",
    doCreate: "Create",
  },

  room: {
    back: "Back to the rooms",
    members: "Show or hide members",
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

  search: {
    label: "Search",
    title: "Search",
    close: "Close the search",
    query: "Search messages",
    where: "Where",
    here: "This room",
    everywhere: "All my rooms",
    start: "Type a word that was said. The last one may be unfinished.",
    short: "Type at least two letters.",
    searching: "Searching…",
    /** @param {string} query */
    nothing: query => `Nothing with “${query}” was found.`,
    elsewhere: "Search all my rooms",
    /** @param {number} n @param {boolean} more */
    found: (n, more) => (n === 1 && !more ? "1 message" : `${n}${more ? "+" : ""} messages`),
    failed: "The search did not work.",
    edited: "edited",
  },

  switcher: {
    title: "Jump to",
    placeholder: "A room or a person",
    recent: "Recent",
    rooms: "Rooms",
    people: "People",
    public: "Public rooms",
    nothing: "Nobody and nothing by that name.",
    /** @param {number} n */
    found: n => (n === 1 ? "1 place" : `${n} places`),
    join: "Join",
    keys: "↑ ↓ choose · Enter opens · Esc closes",
  },

  members: {
    label: "Members",
    title: "Members",
    close: "Close the list of members",
    here: "Here now",
    away: "Away",
    isHere: "here now",
    isAway: "away",
    owner: "Owner",
    moderator: "Moderator",
    member: "Member",
    you: "You",
    blocked: "Blocked",
    filter: "Find a member",
    /** @param {string} query */
    notFound: query => `Nobody here is called “${query}”.`,
    /** @param {number} n @param {boolean} more */
    count: (n, more) => `${n}${more ? "+" : ""}`,
    /** @param {number} n */
    hereOfMany: n => (n === 1 ? "1 person is here now" : `${n} people are here now`),
    /** @param {string} ago */
    active: ago => `Active ${ago}`,
    /** @param {string} moment */
    lastHere: moment => `Last here: ${moment}`,
    loading: "Loading…",
    invite: "Invite somebody",
  },

  profile: {
    you: "This is you",
    hereNow: "Here now",
    role: "Role in this room",
    /** @param {string} role */
    isRole: role => `${role} of this room`,
    notMember: "Not in this room",
    guest: "Guest",
    unknown: "Nobody is known by this id any more.",
    message: "Message",
    mention: "Mention",
    settings: "Your settings",
    invite: "Invite to this room",
    block: "Block",
    unblock: "Unblock",
    /** @param {string} name */
    blockTitle: name => `Block ${name}?`,
    blockText: "Neither of you can write to the other alone any more, and what they say in rooms is folded away for you. They are not told.",
    isBlocked: "You have blocked this person.",
    kick: "Remove from the room",
    /** @param {string} name @param {string} room */
    kickTitle: (name, room) => `Remove ${name} from ${room}?`,
    kickText: "They can come back if the room is public or somebody invites them.",
    ban: "Ban",
    /** @param {string} name @param {string} room */
    banTitle: (name, room) => `Ban ${name} from ${room}?`,
    banText: "They are removed, and cannot come back until the ban is lifted.",
    reason: "Reason (everybody in the room sees it)",
    doKick: "Remove",
    moderate: "Moderation",
    copied: "Copied",
    copyId: "Copy the id",
  },

  roomSettings: {
    title: "Room settings",
    open: "Room settings",
    about: "About this room",
    name: "Name",
    topic: "Topic",
    noTopic: "No topic yet.",
    address: "Address",
    visibility: "Who sees it",
    public: "Everybody: it is listed, and anybody may join",
    private: "Only members: one must be invited",
    isPublic: "Public: anybody may join.",
    isPrivate: "Private: only members see it, and one must be invited.",
    slow: "Slow mode",
    slowHint: "How long everybody waits between two messages",
    slowOff: "Off",
    /** @param {number} s */
    seconds: s => (s === 1 ? "1 second" : `${s} seconds`),
    /** @param {number} m */
    minutes: m => (m === 1 ? "1 minute" : `${m} minutes`),
    hour: "1 hour",
    save: "Save",
    saved: "Saved.",
    invite: "Invite somebody",
    inviteId: "User id, or the name of somebody you know",
    doInvite: "Invite",
    /** @param {string} name */
    invited: name => `${name} is in the room now.`,
    /** @param {string} id */
    nobody: id => `There is nobody with the id “${id}”.`,
    already: "They are in this room already.",
    inviteBanned: "They are banned from this room. Lift the ban first.",
    members: "Members",
    /** @param {string} name */
    roleOf: name => `Role of ${name}`,
    lastOwner: "A room needs an owner: make somebody else one first.",
    banned: "Banned people",
    unban: "Lift the ban",
    /** @param {string} name */
    unbanOf: name => `Lift the ban on ${name}`,
    leave: "Leave this room",
    /** @param {string} room */
    leaveTitle: room => `Leave ${room}?`,
    leavePublic: "You can come back whenever you like.",
    leavePrivate: "To come back, somebody must invite you.",
    leaveOwner: "You are an owner. If you are the last one, whoever has served longest follows you.",
    doLeave: "Leave",
    stay: "Stay",
    end: "Leaving",
    destroy: "Destroy this room",
    /** @param {string} room */
    destroyTitle: room => `Destroy ${room}?`,
    destroyText: "The room and everything that was ever said in it are erased, for everybody, for good. Its address is never free again.",
    destroyTyped: "Type the name of the room",
    doDestroy: "Destroy it",
  },

  settings: {
    title: "Settings",
    look: "Look",
    theme: "Colours",
    system: "As my device",
    light: "Light",
    dark: "Dark",
    language: "Language",
    browserLanguage: "As my browser",
    notices: "When I am mentioned or written to",
    sound: "Play a sound",
    notify: "Show a notification on the desktop",
    notifyDenied: "This browser does not let the page show notifications. Its own settings can change that.",
    notifyHint: "Only while this page is not in sight.",
    account: "Account",
    guest: "You are a guest in this browser. Your place is kept here until you sign out.",
    password: "Change the password",
    present: "Present password",
    next: "New password",
    passwordHint: "At least 8 characters",
    doPassword: "Change it",
    passwordChanged: "The password is changed.",
    passwordWrong: "The present password is wrong.",
    passwordSize: "A password has 8 to 200 characters.",
    delete: "Delete the account",
    deleteText: "Your account ends for good, and you leave all rooms. Nobody will ever get your user id.",
    deleteErase: "Erase everything I said, too",
    deleteTyped: "Type your user id",
    doDelete: "Delete my account",
    blocked: "Blocked people",
    keys: "Keyboard",
    keyJump: "Jump to a room or a person",
    keySearch: "Search messages",
    keyRoom: "Room above or below",
    keyUnread: "Unread room above or below",
    keyEdit: "Edit my last message",
    keyLine: "New line in a message",
    keySend: "Send",
    keyClose: "Close, stop, go back",
    keyKeys: "This list",
    signOut: "Sign out",
    leaveTitle: "Leave for good?",
    leaveText: "A guest who signs out cannot come back as the same person. Your messages stay.",
    stay: "Stay",
  },

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
    justNow: "just now",
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
