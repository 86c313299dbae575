// @ts-check
const APART = 8; // px between a popover and what it belongs to, and from the edge of the window

/** Puts a popover above what it belongs to, or below where there is no room, and never over the edge of the window. @param {HTMLElement} popover @param {HTMLElement} beside */
export function placeBeside(popover, beside) {
  const { top, bottom, left, right } = beside.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const { clientWidth, clientHeight } = document.documentElement;
  const above = top - height - APART;
  const y = above >= APART ? above : Math.min(bottom + APART, clientHeight - height - APART);
  const x = left + right > clientWidth ? right - width : left;
  popover.style.setProperty("top", `${Math.max(APART, y)}px`);
  popover.style.setProperty("left", `${Math.max(APART, Math.min(x, clientWidth - width - APART))}px`);
}
