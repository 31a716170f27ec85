// What runs inside the page. Each function stands alone: it is sent there as text.

/** Before the page: what the shell does to it, and an ear for violations of the content policy. */
export function asTheShellDoes() {
  Object.freeze(Object.prototype);
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
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
    found.push(`content is ${main.scrollWidth - main.clientWidth}px too wide`);
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
