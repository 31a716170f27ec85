"""icalendar for Python, unmodified, reads the calendar files that Gatehouse writes."""

import datetime
import os
import pathlib
import sys
import zoneinfo

import icalendar

SAMPLES = pathlib.Path(os.environ["CALENDAR_SAMPLES"])
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
APPS = {"Totalview, Calendar; \\ Größe", "日本語の非常に長いアプリケーション名がここに続きます"}


def check(name, condition, detail=""):
    print(f"{'ok' if condition else 'failed'} icalendar: {name}{'' if condition else f': {detail}'}", flush=True)
    if not condition:
        sys.exit(1)


def events(name):
    calendar = icalendar.Calendar.from_ical((SAMPLES / name).read_bytes())
    check(f"{name} is a calendar", calendar["VERSION"] == "2.0" and not calendar.errors, calendar.errors)
    found = calendar.walk("VEVENT")
    broken = [error for event in found for error in event.errors]
    check(f"{name} has nothing that cannot be read", not broken, broken)
    return found


def main():
    first, later = events("reminders.ics"), events("reminders-later.ics")
    check("one event for each reminder", len(first) == 11 and len({str(one["UID"]) for one in first}) == 11, len(first))
    local = {one["DTSTART"].dt.astimezone(BERLIN) for one in first}
    check("nine o'clock by the wall, in winter and in summer", {when.time() for when in local} == {datetime.time(9)}, local)
    check("both sides of the change of clocks", len({when.utcoffset() for when in local}) == 2, local)
    check("a quarter of an hour", {one["DTEND"].dt - one["DTSTART"].dt for one in first} == {datetime.timedelta(minutes=15)})
    alarms = [one.walk("VALARM") for one in first]
    check("one alarm each", {len(all_) for all_ in alarms} == {1})
    check("alarms when it begins", {(str(one["ACTION"]), one["TRIGGER"].dt) for (one,) in alarms} == {("DISPLAY", datetime.timedelta())})
    summaries = [str(one["SUMMARY"]) for one in first]
    named = {app for app in APPS if any(one.startswith(f"{app}: secret ends ") for one in summaries)}
    check("names come back letter for letter", named == APPS, summaries)
    check("the last word is on the day of the end", any("ends today (3 May 2027)" in one for one in summaries), summaries)

    known = {str(one["UID"]): one for one in first}
    check("a later file has the same events", {str(one["UID"]) for one in later} <= known.keys())
    grown = [one["SEQUENCE"] > known[str(one["UID"])]["SEQUENCE"] for one in later]
    check("and replaces the earlier ones", grown and all(grown))


main()
