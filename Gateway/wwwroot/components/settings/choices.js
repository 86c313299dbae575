// @ts-check
import { el } from "../../element.js";
import { choose, settings } from "../../settings.js";
import { languages, words } from "../../words.js";

/** @typedef {import("../../settings.js").Settings} Settings */

/** Colours and language. */
export function look() {
  const theme = picker([["", words.settings.system], ["light", words.settings.light], ["dark", words.settings.dark]], settings.theme, value => {
    choose({ theme: /** @type {Settings["theme"]} */ (value) });
    document.documentElement.dataset.theme = value;
  });
  const language = picker([["", words.settings.browserLanguage], .../** @type {[string, string][]} */ (Object.entries(languages).map(([tag, { name }]) => [tag, name]))], settings.language, value => {
    choose({ language: value });
    location.reload(); // every word of the page is another one
  });
  return el("section", { class: "settings-part two" }, el("h3", { text: words.settings.look }),
    el("label", { class: "field" }, el("span", { text: words.settings.theme }), theme),
    el("label", { class: "field" }, el("span", { text: words.settings.language }), language));
}

/** What happens when somebody speaks to one who looks elsewhere. */
export function notices() {
  const problem = el("p", { class: "problem", role: "alert" });
  const supported = "Notification" in window;
  const sound = box(settings.sound, on => choose({ sound: on }));
  const notify = box(supported && settings.notify && Notification.permission === "granted", async on => {
    const granted = !on || await Notification.requestPermission() === "granted";
    problem.textContent = granted ? "" : words.settings.notifyDenied;
    notify.checked = on && granted;
    choose({ notify: on && granted });
  });
  notify.disabled = !supported;
  return el("section", { class: "settings-part" }, el("h3", { text: words.settings.notices }),
    el("label", { class: "choice" }, sound, el("span", { text: words.settings.sound })),
    el("label", { class: "choice" }, notify, el("span", {}, words.settings.notify, el("small", { text: words.settings.notifyHint }))),
    problem);
}

/** @param {[string, string][]} choices value and text @param {string} chosen @param {(value: string) => void} change */
function picker(choices, chosen, change) {
  const select = el("select", { on: { change: () => change(select.value) } },
    ...choices.map(([value, text]) => el("option", { value, text, selected: value === chosen })));
  return select;
}

/** @param {boolean} checked @param {(on: boolean) => void} change */
function box(checked, change) {
  const input = el("input", { type: "checkbox", checked, on: { change: () => change(input.checked) } });
  return input;
}
