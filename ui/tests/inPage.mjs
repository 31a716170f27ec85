// What runs inside the page. Each function stands alone: it is sent there as text.

/** Before the page: what the shell does to it, and an ear for violations of the content policy. */
export function asTheShellDoes() {
  Object.freeze(Object.prototype);
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
}

/**
 * Whether a screen stands: its title is there for a screen reader too, or a dialog that hides it. What is drawn before a screen
 * (the first picture of index.html, a room whose code is on its way) has no such title.
 */
export function stands() {
  if (document.querySelector("[aria-modal=true]") !== null) return true;
  const titles = [...document.querySelectorAll("#root > .fui-FluentProvider main h1")];
  return titles.some((each) => each.checkVisibility() && each.closest("[aria-hidden=true]") === null);
}

/** Before the page: a system whose colours a test turns while the window is open, `window.systemTurns("dark")`. */
export function asTheSystemSays() {
  const lists = new Set();
  let theme = "light";
  const real = window.matchMedia.bind(window);
  const says = { "(prefers-color-scheme: dark)": "dark", "(forced-colors: active)": "highContrast" };
  window.matchMedia = (query) => {
    const meant = says[query];
    if (meant === undefined) return real(query);
    const list = new EventTarget();
    Object.defineProperty(list, "matches", { get: () => theme === meant });
    lists.add(list);
    return list;
  };
  window.systemTurns = (wanted) => {
    theme = wanted;
    for (const list of lists) list.dispatchEvent(new Event("change"));
  };
}

/** Whether what that selector means is drawn on that colour. */
export function hasBackground([selector, colour]) {
  const provider = document.querySelector(selector);
  return getComputedStyle(provider).getPropertyValue("--colorNeutralBackground1").trim() === colour;
}

/** Waits until what moves has arrived and is drawn; what turns for ever is left to turn. */
export function settle() {
  const passing = document
    .getAnimations()
    .filter((each) => each.playState === "running" && each.effect.getComputedTiming().endTime < 2_000);
  const drawn = () =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))));
  return Promise.all(passing.map((each) => each.finished.catch(() => null))).then(drawn);
}

/** The content policy, the styles, the width. */
export function inspect() {
  const found = window.violations.map((violation) => `content policy: ${violation}`);
  const main = document.querySelector("main");
  if (main.scrollWidth > main.clientWidth) {
    const edge = main.getBoundingClientRect().left + main.clientWidth;
    const beyond = [...main.querySelectorAll("*")].filter(
      (part) => part.getBoundingClientRect().right > edge,
    );
    const what = beyond.at(-1) ?? main;
    found.push(
      `content is ${main.scrollWidth - main.clientWidth}px too wide: ${what.tagName} “${what.textContent.slice(0, 40)}”`,
    );
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("the window scrolls sideways");
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (twice.length > 0) found.push(`ids that are there twice: ${twice.join(", ")}`);
  const buttons = [...document.querySelectorAll("main button.fui-Button")];
  const plain = buttons.filter((button) => getComputedStyle(button).borderTopLeftRadius === "0px");
  if (plain.length > 0) found.push(`${plain.length} buttons are not styled`);
  const primary = buttons.find((button) => button.textContent === "Start practising");
  if (primary && getComputedStyle(primary).backgroundColor === "rgba(0, 0, 0, 0)") {
    found.push("the primary button is not styled");
  }
  return found;
}

/**
 * What axe finds by those rules. What it finds right stays in the page: it is much, and nobody reads it. Bars at the lower edge
 * lie still meanwhile: what they cover just now can be scrolled out from under them.
 */
export async function findBarriers(runOnly) {
  const bars = [...document.querySelectorAll("main div")].filter((part) => {
    const { position, bottom } = getComputedStyle(part);
    return position === "sticky" && bottom !== "auto";
  });
  for (const bar of bars) bar.style.position = "static";
  const { violations } = await window.axe.run({ runOnly, resultTypes: ["violations"] });
  for (const bar of bars) bar.style.position = "";
  return violations;
}

/** Makes every text 40 % longer, as another language would; the page is not used afterwards. */
export function lengthen() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const words = text.nodeValue.trim();
    const said =
      text.parentElement.closest("script, style, code, textarea, [dir=ltr]:not(.fui-FluentProvider)") ===
      null;
    if (words === "" || !said) continue;
    const more = Math.ceil(words.length * 0.4);
    text.nodeValue = `${text.nodeValue.trimEnd()}${more > 6 ? " " : ""}${"lorem ipsum dolor sit "
      .repeat(1 + more / 22)
      .slice(0, more)
      .trimEnd()} `;
  }
}

/** Words that are cut off or that lie on others. What is shortened on purpose, with an ellipsis, is left alone. */
export function findCutWords() {
  const found = [];
  for (const each of document.querySelectorAll(
    "main *, nav *, header *, [role=alertdialog] *, [role=dialog] *",
  )) {
    const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.nodeValue.trim() !== "");
    if (
      !own ||
      each.tagName === "TEXTAREA" ||
      // A text of a drawing has no box that could cut it.
      each instanceof SVGElement ||
      each.role === "option" ||
      each.checkVisibility?.({ visibilityProperty: true }) === false
    )
      continue;
    const style = getComputedStyle(each);
    if (style.clipPath !== "none" || style.textOverflow === "ellipsis" || style.display === "inline")
      continue;
    const cutX = each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0;
    const cutY =
      each.scrollHeight > each.clientHeight + 2 && style.overflowY !== "visible" && each.clientHeight > 0;
    if (cutX || cutY) found.push(`longer words are cut: ${each.tagName} “${each.textContent.slice(0, 40)}”`);
  }
  return found;
}
