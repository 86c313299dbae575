// @ts-check
import { explain, words } from "./words.js";

/**
 * Who this browser was last time, so that a guest comes back as the same guest.
 * @typedef {{ token: string, name: string, guest: boolean }} Session
 */

const KEY = "orleanschat.session";

/** @returns {Session | null} */
export function recall() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return null; // storage may be forbidden, or hold something else
  }
}

/** @param {Session | null} session */
export function remember(session) {
  try {
    if (session) localStorage.setItem(KEY, JSON.stringify(session));
    else localStorage.removeItem(KEY);
  } catch {
    // then only this tab knows
  }
}

/**
 * Asks the HTTP interface. A refusal is an error whose message is for people.
 * @param {string} path @param {object} [body] @param {string} [token] @param {"GET" | "POST" | "PATCH" | "DELETE"} [method] @returns {Promise<any>}
 */
export async function send(path, body, token, method = "POST") {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(`/api/v1/${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
      body: body && JSON.stringify(body),
    });
  } catch {
    throw new Error(words.signin.cannotReach);
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) {
    const why = explain({ code: answer?.code, message: answer?.detail ?? answer?.title ?? words.signin.status(response.status) });
    throw Object.assign(new Error(why), { status: response.status });
  }
  return answer;
}

/**
 * Opens the operators' pages of this server to this browser, by a cookie that only they get.
 * @param {string} token an administrator's @returns {Promise<{ name: string, path: string }[]>}
 */
export async function openOperatorPages(token) {
  return (await send("operator", {}, token)).pages;
}
