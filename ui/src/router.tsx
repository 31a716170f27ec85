import { parseHref } from "@tanstack/history";
import {
  type AsyncRouteComponent,
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Skeleton } from "./components/Skeleton";
import type { CloudId, Invitation, PlanRequest, SignInPurpose } from "./contract/types";
import { Frame } from "./shell/Frame";
import { Broken, NotFound } from "./shell/Lost";
import { loadRest } from "./words";

/** What fetches each room's code. */
const rooms: (() => Promise<unknown>)[] = [];

/** A room whose words are not part of the first load. */
function room<M extends Record<string, unknown>, K extends keyof M & string>(
  load: () => Promise<M>,
  name: K,
) {
  rooms.push(load);
  return lazyRouteComponent(async () => (await Promise.all([load(), loadRest()]))[0], name);
}

/** A room that is given parts of its address; its code is fetched along with the way to it. */
function placed(inner: AsyncRouteComponent<never>, component: () => ReactNode) {
  return Object.assign(component, { preload: async () => void (await inner.preload?.()) });
}

/** Fetches the code of every room, once the first one stands, so that no later one has to be waited for. */
export function prefetchRooms(): void {
  void Promise.allSettled([...rooms.map((load) => load()), loadRest()]);
}

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: ({ error }) => <Broken error={error instanceof Error ? error : new Error(String(error))} />,
});

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/home", replace: true });
  },
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: "/welcome",
  component: lazyRouteComponent(() => import("./screens/welcome/WelcomeScreen"), "WelcomeScreen"),
});

/** How Sign-in can be opened: why, by whom again, and with which client. */
export interface SignInSearch {
  purpose?: SignInPurpose;
  /** What the session will be used for besides, so that nobody has to sign in twice. */
  also?: SignInPurpose[];
  /** An account to sign in again, or to widen. */
  account?: string;
  /** A client id to begin with. */
  client?: string;
  /** Its organisation. */
  tenant?: string;
  /** Its cloud. */
  cloud?: CloudId;
  /** Sign-in name to prefill. */
  hint?: string;
  /** Where to go afterwards. */
  afterwards?: string;
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): SignInSearch => search,
  component: room(() => import("./screens/signIn/SignInScreen"), "SignInScreen"),
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/home",
  component: lazyRouteComponent(() => import("./screens/home/HomeScreen"), "HomeScreen"),
});

const connectors = createRoute({
  getParentRoute: () => root,
  path: "/connectors",
  component: room(() => import("./screens/connectors/ConnectorsScreen"), "ConnectorsScreen"),
});

const ConnectorScreen = room(() => import("./screens/connectors/ConnectorScreen"), "ConnectorScreen");
const connector = createRoute({
  getParentRoute: () => root,
  path: "/connectors/$connectorId",
  component: placed(ConnectorScreen, () => (
    <ConnectorScreen connectorId={connector.useParams().connectorId} />
  )),
});

const build = createRoute({
  getParentRoute: () => root,
  path: "/connectors/own/build",
  component: room(() => import("./screens/ownConnector/BuildScreen"), "BuildScreen"),
});

const fromApp = createRoute({
  getParentRoute: () => root,
  path: "/connectors/own/app",
  component: room(() => import("./screens/ownConnector/FromAppScreen"), "FromAppScreen"),
});

const fromFile = createRoute({
  getParentRoute: () => root,
  path: "/connectors/own/file",
  component: room(() => import("./screens/ownConnector/ImportScreen"), "ImportScreen"),
});

const appsRooms = () => import("./screens/appsRooms");

const inventory = createRoute({
  getParentRoute: () => root,
  path: "/apps",
  component: room(appsRooms, "InventoryScreen"),
});

const attention = createRoute({
  getParentRoute: () => root,
  path: "/attention",
  component: room(appsRooms, "AttentionScreen"),
});

const timeline = createRoute({
  getParentRoute: () => root,
  path: "/timeline",
  component: room(appsRooms, "TimelineScreen"),
});

const rotations = createRoute({
  getParentRoute: () => root,
  path: "/rotations",
  component: room(appsRooms, "RotationsScreen"),
});

const RotationScreen = room(appsRooms, "RotationScreen");
const rotation = createRoute({
  getParentRoute: () => root,
  path: "/rotations/$rotationId",
  component: placed(RotationScreen, () => {
    const { rotationId } = rotation.useParams();
    return <RotationScreen rotationId={rotationId} key={rotationId} />;
  }),
});

const reminders = createRoute({
  getParentRoute: () => root,
  path: "/reminders",
  component: room(appsRooms, "RemindersScreen"),
});

const AppScreen = room(appsRooms, "AppScreen");
const app = createRoute({
  getParentRoute: () => root,
  path: "/apps/$appId",
  component: placed(AppScreen, () => {
    const { appId } = app.useParams();
    return <AppScreen appId={appId} key={appId} />;
  }),
});

const WizardScreen = room(() => import("./screens/wizard/WizardScreen"), "WizardScreen");
const setUp = createRoute({
  getParentRoute: () => root,
  path: "/set-up/$draftId",
  component: placed(WizardScreen, () => {
    const { draftId } = setUp.useParams();
    return <WizardScreen draftId={draftId} key={draftId} />;
  }),
});

const PlanScreen = room(() => import("./screens/plan/PlanScreen"), "PlanScreen");
const plan = createRoute({
  getParentRoute: () => root,
  path: "/plan",
  validateSearch: (search: Record<string, unknown>) => ({ request: search.request as PlanRequest }),
  component: placed(PlanScreen, () => <PlanScreen request={plan.useSearch().request} />),
});

const RunScreen = room(() => import("./screens/run/RunScreen"), "RunScreen");
const run = createRoute({
  getParentRoute: () => root,
  path: "/runs/$runId",
  component: placed(RunScreen, () => {
    const { runId } = run.useParams();
    return <RunScreen runId={runId} key={runId} />;
  }),
});

const ConnectionScreen = room(() => import("./screens/connection/ConnectionScreen"), "ConnectionScreen");
const connection = createRoute({
  getParentRoute: () => root,
  path: "/connections/$connectionId",
  component: placed(ConnectionScreen, () => {
    const { connectionId } = connection.useParams();
    return <ConnectionScreen connectionId={connectionId} key={connectionId} />;
  }),
});

const PersonalRooms = room(() => import("./screens/personal/PersonalRooms"), "PersonalRooms");
const account = createRoute({
  getParentRoute: () => root,
  path: "/account",
  component: PersonalRooms,
});

/** What a place inside My account can be opened with. */
export interface AccountSearch {
  /** An invitation as it came: its link, or its file's text. Nothing in it is secret. */
  text?: string;
  /** An invitation that was read; fills in what it says. */
  invited?: Invitation;
}

const inAccount = createRoute({
  getParentRoute: () => root,
  path: "/account/$place/{-$id}",
  validateSearch: (search: Record<string, unknown>): AccountSearch => search,
  component: PersonalRooms,
});

const activity = createRoute({
  getParentRoute: () => root,
  path: "/activity",
  component: room(() => import("./screens/activity/ActivityScreen"), "ActivityScreen"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: room(() => import("./screens/settings/SettingsScreen"), "SettingsScreen"),
});

/**
 * Addresses live behind the hash: a page of the app has no server to ask. Unlike the router's own hash history this one leaves
 * the page's query alone, which chooses a scenario of the imitation.
 */
function behindTheHash() {
  return createBrowserHistory({
    parseLocation: () => parseHref(location.hash.slice(1) || "/", history.state),
    createHref: (href) => `${location.pathname}${location.search}#${href}`,
  });
}

/** Every room of the window. */
export const router = createRouter({
  routeTree: root.addChildren([
    start,
    welcome,
    signIn,
    home,
    connectors,
    connector,
    build,
    fromApp,
    fromFile,
    inventory,
    attention,
    timeline,
    rotations,
    rotation,
    reminders,
    app,
    setUp,
    plan,
    run,
    connection,
    account,
    inAccount,
    activity,
    settings,
  ]),
  history: behindTheHash(),
  defaultPreload: "intent",
  defaultPendingComponent: Skeleton,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
