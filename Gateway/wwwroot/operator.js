// @ts-check
import { openOperatorPages, recall, send } from "./session.js";

// The door to the operators' pages. It stands at the address that somebody wanted to open, so whoever has come in only
// asks for that address again: there is no address to be told, and none to be led to.
const form = /** @type {HTMLFormElement} */ (document.querySelector("form"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
const problem = /** @type {HTMLElement} */ (form.querySelector(".problem"));
form.addEventListener("submit", submit);
const known = recall();
const again = /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType("navigation")[0])?.type === "reload";
// Who is signed in to the chat need not do it twice. Only once, though: a browser that keeps no cookies would go on for ever.
if (known && !known.guest && !again) comeIn(known.token).catch(() => form.querySelector("input")?.focus()); // then somebody else signs in
else form.querySelector("input")?.focus();

/** @param {string} token */
async function comeIn(token) {
  const pages = await openOperatorPages(token);
  const here = pages.some(page => location.pathname === page.path || location.pathname.startsWith(`${page.path}/`));
  if (here) location.reload();
  else location.assign(pages[0]?.path ?? "/");
}

/** @param {Event} event */
async function submit(event) {
  event.preventDefault();
  const fields = new FormData(form);
  problem.textContent = "";
  button.disabled = true;
  try {
    const { token } = await send("login", { user: String(fields.get("user")).trim(), password: String(fields.get("password")) });
    try {
      await comeIn(token);
    } catch (error) {
      await send("logout", {}, token).catch(() => {}); // nobody uses this sign-in
      throw error;
    }
  } catch (error) {
    problem.textContent = /** @type {Error} */ (error).message;
    button.disabled = false;
  }
}
