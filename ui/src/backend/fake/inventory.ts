import type {
  AppDetail,
  AppFinding,
  AppRow,
  FacetCount,
  FacetName,
  FacetValue,
  IgnoredFinding,
  InventoryPage,
  InventoryQuery,
  Severity,
  SyncState,
  Timeline,
  TimelineDay,
  TimelineQuery,
} from "../../contract/types";
import { OFFLINE } from "./failures";
import { findingsOf, findingsPage } from "./findings";
import { found } from "./found";
import type { Handlers } from "./index";
import { pause } from "./index";
import { appsOf } from "./inventoryApps";
import { registration } from "./registrations";
import { fakeClock, type World } from "./world";

const DAY = 86_400_000;
/** Very many, for lists that must not mind. */
export const VERY_MANY = 50_000;
const READ_AT = "2026-11-20T09:38:00Z";

/** What the imitation knows of the organisation's apps. */
export interface Inventory {
  /** How many apps there are. */
  size: number;
  /** How many of them were read. */
  read: number;
  sync: SyncState;
  /** Findings that somebody chose not to see, by id. */
  ignored: Map<string, IgnoredFinding>;
  /** Made when first asked for. */
  apps: AppDetail[] | null;
  /** The view that was asked for last, so that scrolling through very many does not sort them anew. */
  last: { key: string; page: InventoryPage } | null;
}

/** The beginning: everything was read a few minutes ago. */
export const newInventory = (): Inventory => ({
  size: 40,
  read: 40,
  sync: { kind: "fresh", at: READ_AT },
  ignored: new Map(),
  apps: null,
  last: null,
});

/** The inventory in a state that is worth a look. */
export function inventoryIn(world: World, state: "never" | "reading" | "held" | "stale" | "many"): World {
  const { inventory } = world;
  const set = (sync: SyncState, read: number) => Object.assign(inventory, { sync, read });
  if (state === "never") set({ kind: "never" }, 0);
  if (state === "reading") set({ kind: "reading", read: 24 }, 24);
  if (state === "held") {
    const until = "2026-11-20T10:20:00Z";
    set(
      { kind: "held", read: 31, why: "Microsoft asked Gatehouse to wait: many are reading at once.", until },
      31,
    );
  }
  if (state === "stale") set({ kind: "stale", at: "2026-11-14T16:20:00Z", error: OFFLINE }, 40);
  if (state === "many") Object.assign(inventory, { size: VERY_MANY, read: VERY_MANY });
  return world;
}

/** The apps that were read. */
export function appsIn(world: World): AppDetail[] {
  const { inventory } = world;
  if (world.bare) return [];
  if (inventory.apps === null) {
    inventory.apps = appsOf(inventory.size);
    for (const app of inventory.apps) app.findings = findingsOf(app);
  }
  for (const app of inventory.apps) judge(app, inventory.ignored);
  return inventory.read === inventory.size ? inventory.apps : inventory.apps.slice(0, inventory.read);
}

function judge(app: AppDetail, ignored: Inventory["ignored"]): void {
  let open = 0;
  let health: Severity | null = null;
  for (const finding of app.findings) {
    finding.ignored = ignored.get(finding.id) ?? null;
    if (finding.ignored !== null) continue;
    open += 1;
    health ??= finding.severity;
  }
  app.row.findings = open;
  app.row.health = health;
}

const endsOf = ({ next, credentials }: AppRow): string => {
  if (credentials === 0) return "none";
  if (next === null) return "noEnd";
  if (next.days < 0) return "expired";
  return next.days <= 7 ? "7" : next.days <= 30 ? "30" : next.days <= 90 ? "90" : "later";
};

const FACETS: Record<FacetName, (app: AppDetail) => string[]> = {
  ends: ({ row }) => [endsOf(row)],
  kind: ({ row }) => [row.kind],
  credential: ({ credentials }) => [...new Set(credentials.map(({ kind }) => kind))],
  audience: ({ row }) => (row.audience === null ? [] : [row.audience]),
  health: ({ row }) => [row.health ?? "fine"],
  setUpBy: ({ row }) => [row.connectionId === null ? "other" : "gatehouse"],
};
const FACET_NAMES = Object.keys(FACETS) as FacetName[];

/** Whether an app has one of the values, for each facet that was narrowed, but for one. */
function fits(app: AppDetail, chosen: FacetValue[], but?: FacetName): boolean {
  return FACET_NAMES.every((name) => {
    const wanted = chosen.filter(({ facet }) => facet === name);
    if (name === but || wanted.length === 0) return true;
    const has = FACETS[name](app);
    return wanted.some(({ value }) => has.includes(value));
  });
}

function saysIt(app: AppDetail, text: string): boolean {
  const { row, credentials, owners } = app;
  return (
    text === "" ||
    row.app.name.toLowerCase().includes(text) ||
    row.app.appId.includes(text) ||
    credentials.some(({ name }) => name.toLowerCase().includes(text)) ||
    (owners ?? []).some(({ name }) => name.toLowerCase().includes(text))
  );
}

const HEALTH: (Severity | null)[] = ["critical", "warning", "info", null];
const SORTS: Record<InventoryQuery["sort"], (row: AppRow) => string | number | null> = {
  nextEnd: ({ next }) => next?.days ?? null,
  name: ({ app }) => app.name,
  health: ({ health }) => HEALTH.indexOf(health),
  created: ({ createdAt }) => createdAt,
  lastSignIn: ({ lastSignIn }) => (lastSignIn.kind === "used" ? lastSignIn.at : null),
};

function rows(world: World, query: InventoryQuery): InventoryPage {
  const { inventory } = world;
  const key = JSON.stringify([
    { ...query, offset: 0, limit: 0 },
    inventory.read,
    [...inventory.ignored.keys()],
  ]);
  if (inventory.last?.key !== key) inventory.last = { key, page: viewed(world, query) };
  const { page } = inventory.last;
  return {
    ...page,
    rows: page.rows.slice(query.offset, query.offset + Math.min(query.limit, 500)),
    offset: query.offset,
    sync: inventory.sync,
  };
}

/** Every row of a view. */
function viewed(world: World, query: InventoryQuery): InventoryPage {
  const apps = appsIn(world);
  const text = query.text.trim().toLowerCase();
  const said = apps.filter((app) => saysIt(app, text));
  const left = said.filter((app) => fits(app, query.facets)).map(({ row }) => row);
  const value = SORTS[query.sort];
  const names = new Intl.Collator("en", { numeric: true });
  const order = query.descending ? -1 : 1;
  left.sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return order * (typeof a === "number" ? a - Number(b) : names.compare(a, String(b)));
  });
  return {
    rows: left,
    offset: 0,
    total: left.length,
    known: apps.length,
    facets: FACET_NAMES.flatMap((name) => counts(said, query.facets, name)),
    sync: world.inventory.sync,
  };
}

function counts(apps: AppDetail[], chosen: FacetValue[], facet: FacetName): FacetCount[] {
  const by = new Map<string, number>();
  for (const app of apps)
    if (fits(app, chosen, facet))
      for (const value of FACETS[facet](app)) by.set(value, (by.get(value) ?? 0) + 1);
  return [...by].map(([value, count]) => ({ value: { facet, value }, count }));
}

/** The day so many days from today, as the contract writes days. */
const dayOf = (days: number) => new Date(Date.parse("2026-11-20") + days * DAY).toISOString().slice(0, 10);

function timeline(world: World, query: TimelineQuery): Timeline {
  const from = query.from ?? dayOf(-30);
  const end = new Date(`${from}T00:00:00Z`);
  end.setUTCMonth(end.getUTCMonth() + query.months);
  const until = end.toISOString().slice(0, 10);
  const days = new Map<string, TimelineDay>();
  const others = { before: 0, after: 0, noEnd: 0 };
  const text = query.text.trim().toLowerCase();
  for (const app of appsIn(world)) {
    if (!saysIt(app, text) || !fits(app, query.facets)) continue;
    for (const each of app.credentials) {
      if (each.days === null || each.endsAt === null) others.noEnd += 1;
      else if (dayOf(each.days) < from) others.before += 1;
      else if (dayOf(each.days) >= until) others.after += 1;
      else {
        const date = dayOf(each.days);
        const day = days.get(date) ?? { date, days: each.days, count: 0, ends: [] };
        days.set(date, day);
        day.count += 1;
        if (day.ends.length < 20)
          day.ends.push({
            appId: app.row.app.appId,
            appName: app.row.app.name,
            keyId: each.keyId,
            kind: each.kind,
            name: each.name,
            at: each.endsAt,
            connectionId: app.row.connectionId,
          });
      }
    }
  }
  const inOrder = [...days.values()].sort((left, right) => left.date.localeCompare(right.date));
  return { from, until, today: dayOf(0), days: inOrder, ...others };
}

const allFindings = (world: World): AppFinding[] => appsIn(world).flatMap(({ findings }) => findings);

/** An app of a set-up, which stands for one that is like the first of the list. */
function ofSetUp(like: AppDetail, appId: string): AppDetail {
  return {
    ...like,
    row: { ...like.row, app: registration(appId) },
    credentials: like.credentials.map((each) => ({ ...each, keyId: `77aa${appId.slice(4)}` })),
    findings: [],
  };
}

/** Commands about the organisation's apps. */
export const inventoryHandlers = {
  inventory_rows: rows,
  inventory_sync: async (world, _, emit) => {
    const { inventory } = world;
    inventory.read = 0;
    while (inventory.read < inventory.size) {
      inventory.read = Math.min(inventory.size, inventory.read + Math.ceil(inventory.size / 6));
      inventory.sync = { kind: "reading", read: inventory.read };
      emit(inventory.sync);
      await pause(300);
    }
    inventory.sync = { kind: "fresh", at: fakeClock().toISOString() };
    return inventory.sync;
  },
  inventory_app: (world, { appId }) => {
    const apps = appsIn(world);
    const known = apps.find(({ row }) => row.app.appId === appId);
    return known ?? ofSetUp(found(apps[0]), appId);
  },
  inventory_export: (_, { form }) => `/home/anna/Downloads/apps-2026-11-20.${form}`,
  timeline,
  findings: (world, query) => findingsPage(allFindings(world), query),
  finding_ignore: (world, { id, reason, until }) => {
    world.inventory.ignored.set(id, { reason, until, at: fakeClock().toISOString() });
    return null;
  },
  finding_show_again: (world, id) => {
    world.inventory.ignored.delete(id);
    return null;
  },
} satisfies Partial<Handlers>;
