// ical.js, unmodified, reads the calendar files that Gatehouse writes. It is what Thunderbird reads calendars with.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import ICAL from "ical.js";

const samples = process.env.CALENDAR_SAMPLES;

function check(name, condition, detail) {
  console.log(condition ? `ok ical.js: ${name}` : `failed ical.js: ${name}: ${JSON.stringify(detail)}`);
  if (!condition) process.exit(1);
}

function events(name) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(join(samples, name), "utf8")));
  check(`${name} is a calendar`, calendar.getFirstPropertyValue("version") === "2.0");
  return calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
}

const wall = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", timeStyle: "short" });
const [first, later] = ["reminders.ics", "reminders-later.ics"].map(events);
check("one event for each reminder", first.length === 11 && new Set(first.map((one) => one.uid)).size === 11, first.length);
const hours = new Set(first.map((one) => wall.format(one.startDate.toJSDate())));
check("nine o'clock by the wall, in winter and in summer", hours.size === 1 && hours.has("09:00"), [...hours]);
check("moments in UTC", first.every((one) => one.startDate.zone === ICAL.Timezone.utcTimezone));
check("a quarter of an hour", first.every((one) => one.duration.toSeconds() === 900));
const alarms = first.map((one) => one.component.getAllSubcomponents("valarm"));
check("one alarm each", alarms.every((all) => all.length === 1));
check(
  "alarms when it begins",
  alarms.every(([one]) => one.getFirstPropertyValue("action") === "DISPLAY" && one.getFirstPropertyValue("trigger").toSeconds() === 0),
);
const apps = ["Totalview, Calendar; \\ Größe", "日本語の非常に長いアプリケーション名がここに続きます"];
check(
  "names come back letter for letter",
  apps.every((app) => first.some((one) => one.summary.startsWith(`${app}: secret ends `))),
  first.map((one) => one.summary),
);
const known = new Map(first.map((one) => [one.uid, one]));
check("a later file has the same events", later.length > 0 && later.every((one) => known.has(one.uid)));
check("and replaces the earlier ones", later.every((one) => one.sequence > known.get(one.uid).sequence));
