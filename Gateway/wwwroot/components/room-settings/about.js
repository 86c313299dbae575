// @ts-check
import { el, nameOf } from "../../element.js";
import { ChatError } from "../../protocol.js";
import { mayConfigure, mayOwn } from "../../rights.js";
import { explain, words } from "../../words.js";

/** @typedef {import("../../chat.js").Chat} Chat */
/** @typedef {import("../../room.js").Room} Room */

const WAITS = [0, 5, 10, 30, 60, 300, 900, 3600]; // seconds, at most what the protocol takes

/** Name, topic, who sees it, slow mode: as fields for those who may change them, in words for the others. @param {Chat} chat @param {Room} room */
export function about(chat, room) {
  return mayConfigure(chat.me, room) ? fields(chat, room) : facts(room);
}

/** @param {Room} room */
function facts(room) {
  const root = el("section", { class: "room-facts" });
  const update = () => root.replaceChildren(
    el("p", {}, nameOf(room.name, "room-facts-name"), " ", el("small", { text: `#${room.id}` })),
    el("p", { dir: "auto", text: room.topic || words.roomSettings.noTopic }),
    el("p", { class: "soft", text: room.visibility === "private" ? words.roomSettings.isPrivate : words.roomSettings.isPublic }),
    room.slow ? el("p", { class: "soft", text: `${words.roomSettings.slow}: ${wait(room.slow)}` }) : "");
  update();
  return { root, update };
}

/** @param {Chat} chat @param {Room} room */
function fields(chat, room) {
  const problem = el("p", { class: "problem", role: "alert" });
  const saved = el("span", { class: "saved", role: "status" });
  const save = el("button", { class: "primary", text: words.roomSettings.save, disabled: true });
  const name = el("input", { name: "name", required: true, maxlength: "100", dir: "auto", autocomplete: "off" });
  const topic = el("input", { name: "topic", maxlength: "500", dir: "auto", autocomplete: "off" });
  const slow = el("select", { name: "slow", "aria-describedby": "slow-hint" });
  const visibility = ["public", "private"].map(value => el("input", { type: "radio", name: "visibility", value, disabled: !mayOwn(chat.me, room) }));
  let before = facetsOf(room);
  show(before);

  const root = el("form", { on: { submit: (/** @type {Event} */ event) => submit(event), input: () => edited() } },
    el("label", { class: "field" }, el("span", { text: words.roomSettings.name }), name),
    el("label", { class: "field" }, el("span", { text: words.roomSettings.topic }), topic),
    el("p", { class: "soft" }, `${words.roomSettings.address}: `, el("bdi", { text: `#${room.id}` })),
    el("fieldset", { class: "choices" }, el("legend", { text: words.roomSettings.visibility }),
      ...visibility.map(input => el("label", { class: "choice" }, input, el("span", { text: input.value === "public" ? words.roomSettings.public : words.roomSettings.private })))),
    el("div", { class: "field" }, el("label", {}, el("span", { text: words.roomSettings.slow }), slow), el("small", { id: "slow-hint", text: words.roomSettings.slowHint })),
    problem,
    el("div", { class: "dialog-buttons" }, saved, save));

  /** @param {Facets} facets */
  function show(facets) {
    name.value = facets.name;
    topic.value = facets.topic;
    for (const input of visibility) input.checked = input.value === facets.visibility;
    const waits = [...new Set([...WAITS, facets.slow])].sort((a, b) => a - b);
    slow.replaceChildren(...waits.map(seconds => el("option", { value: String(seconds), text: wait(seconds), selected: seconds === facets.slow })));
  }

  /** @returns {Facets} */
  function written() {
    return { name: name.value.trim(), topic: topic.value.trim(), visibility: visibility.find(input => input.checked)?.value ?? "public", slow: Number(slow.value) };
  }

  function edited() {
    saved.textContent = problem.textContent = "";
    name.removeAttribute("aria-invalid");
    save.disabled = Object.keys(changes(before, written())).length === 0;
  }

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    const now = written();
    save.disabled = true;
    try {
      await chat.membership.configure(room.id, changes(before, now));
      before = now;
      saved.textContent = words.roomSettings.saved;
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      problem.textContent = explain(error);
      save.disabled = false;
    }
  }

  /** Somebody else changed the room: what is not being edited here follows. */
  function update() {
    const now = facetsOf(room);
    const mine = changes(before, written());
    if (Object.keys(changes(before, now)).length === 0) return;
    before = now;
    show({ ...now, ...mine });
    save.disabled = Object.keys(changes(before, written())).length === 0;
  }

  return { root, update };
}

/** @typedef {{ name: string, topic: string, visibility: string, slow: number }} Facets */

/** @param {Room} room @returns {Facets} */
const facetsOf = ({ name, topic, visibility, slow }) => ({ name, topic, visibility, slow });

/** @param {Facets} before @param {Facets} after @returns {Partial<Facets>} */
function changes(before, after) {
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => before[/** @type {keyof Facets} */ (key)] !== value));
}

/** @param {number} seconds */
function wait(seconds) {
  return seconds === 0 ? words.roomSettings.slowOff
    : seconds === 3600 ? words.roomSettings.hour
    : seconds % 60 === 0 ? words.roomSettings.minutes(seconds / 60)
    : words.roomSettings.seconds(seconds);
}
