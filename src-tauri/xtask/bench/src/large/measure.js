// Runs in the window's page, as the body of a WebDriver script: `arguments[0]` says what to measure. Answers with milliseconds.
const [what, done] = [arguments[0], arguments[arguments.length - 1]];

const frame = () => new Promise(requestAnimationFrame);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const rows = () => [...document.querySelectorAll("[role=row][data-row]")];
const readable = (row) => row.innerText.trim().length > 10;
const inView = (row) => {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > 120 && top < innerHeight;
};
const shown = () => rows().filter(inView);
const allReadable = () => shown().length > 3 && shown().every(readable);
const main = () => document.getElementById("main");

async function until(holds, most = 20_000) {
  const begun = performance.now();
  while (!holds()) {
    if (performance.now() - begun > most) throw new Error(`waited in vain for ${holds}`);
    await frame();
  }
}

/** From the press on the room's link to the picture with its rows. */
async function open() {
  const link = [...document.querySelectorAll("nav a")].find((one) => /#\/apps$/.test(one.href));
  const begun = performance.now();
  link.click();
  await until(allReadable);
  await frame();
  return { open: [performance.now() - begun] };
}

/** Back to where nothing of the list is drawn. */
async function leave() {
  [...document.querySelectorAll("nav a")].find((one) => /#\/home$/.test(one.href)).click();
  await until(() => rows().length === 0);
  return {};
}

/** A jump in every frame, to places all over the list; how long each frame takes. Then single jumps, until all rows can be read. */
async function scroll() {
  const height = main().scrollHeight - main().clientHeight;
  const frames = [];
  const there = [];
  let last = await frame();
  for (let jump = 1; jump <= 90; jump += 1) {
    main().scrollTop = Math.round(((jump * 0.618034) % 1) * height);
    const now = await frame();
    frames.push(now - last);
    last = now;
  }
  for (let jump = 1; jump <= 20; jump += 1) {
    await pause(60);
    const begun = performance.now();
    main().scrollTop = Math.round(((jump * 0.414214) % 1) * height);
    await frame();
    await until(allReadable);
    there.push(performance.now() - begun);
  }
  // As a wheel does: three rows a frame.
  const wheel = [];
  main().scrollTop = height / 2;
  await pause(300);
  last = await frame();
  for (let step = 0; step < 90; step += 1) {
    main().scrollTop += 168;
    const now = await frame();
    wheel.push(now - last);
    last = now;
  }
  main().scrollTop = 0;
  await until(allReadable);
  return { jumps: frames, there, wheel, nodes: [document.querySelectorAll("*").length] };
}

/** Letter by letter, as fast as people type: how long each one holds the page, the frames meanwhile, and when its rows stand. */
async function type() {
  const field = document.querySelector("input[type=search]");
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const held = [];
  const frames = [];
  const answered = [];
  let typing = true;
  const watch = (async () => {
    let last = await frame();
    while (typing) {
      const now = await frame();
      frames.push(now - last);
      last = now;
    }
  })();
  for (const word of ["calendar", "sync", "0000", "wifi"]) {
    for (let length = 1; length <= word.length; length += 1) {
      write.call(field, word.slice(0, length));
      const begun = performance.now();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      held.push(performance.now() - begun);
      await pause(120);
    }
    const before = document.querySelector("[role=grid]")?.getAttribute("aria-rowcount");
    write.call(field, "");
    const begun = performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    await until(() => document.querySelector("[role=grid]")?.getAttribute("aria-rowcount") !== before);
    await until(allReadable);
    answered.push(performance.now() - begun);
    await pause(200);
  }
  typing = false;
  await watch;
  return { held, frames, answered };
}

({ open, leave, scroll, type })[what]().then(done, (failure) => done({ failure: String(failure) }));
