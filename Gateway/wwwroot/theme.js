// @ts-check
// The colours that somebody chose for this browser, before anything is painted: hence no module, and apart.
try {
  document.documentElement.dataset.theme = JSON.parse(localStorage.getItem("orleanschat.settings") ?? "{}")?.theme ?? "";
} catch {
  // storage may be forbidden, or hold something else: then as the system has it
}
