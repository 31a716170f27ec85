import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Link, useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import {
  ActivityIcon,
  AppsIcon,
  CloseIcon,
  ConnectorsIcon,
  HomeIcon,
  MenuIcon,
  PersonIcon,
  SettingsIcon,
} from "../components/icons";
import { t } from "../words";
import { BrandMark } from "./BrandMark";

const NARROW = "@media (max-width: 639px)";
const MIDDLE = "@media (min-width: 640px) and (max-width: 899px)";

const useStyles = makeStyles({
  root: {
    width: "208px",
    flexShrink: 0,
    boxSizing: "border-box",
    padding: "12px 8px",
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowY: "auto",
    [MIDDLE]: { width: "88px" },
    [NARROW]: {
      width: "100%",
      padding: "4px 8px",
      gap: "4px",
      borderRightStyle: "none",
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    },
  },
  top: { display: "flex", alignItems: "center", justifyContent: "space-between", minHeight: "40px" },
  brand: {
    display: "flex",
    alignItems: "center",
    gap: "8px",
    paddingInline: "8px",
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase400,
    [MIDDLE]: {
      flexDirection: "column",
      gap: "4px",
      width: "100%",
      paddingInline: "0",
      fontSize: tokens.fontSizeBase200,
    },
  },
  burger: { display: "none", [NARROW]: { display: "inline-flex" } },
  list: {
    listStyleType: "none",
    margin: 0,
    padding: 0,
    display: "flex",
    flexDirection: "column",
    gap: "4px",
    flexGrow: 1,
  },
  folded: { [NARROW]: { display: "none" } },
  last: { marginTop: "auto", [NARROW]: { marginTop: 0 } },
  link: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    minHeight: "40px",
    boxSizing: "border-box",
    paddingInline: "12px",
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: "none",
    position: "relative",
    ":hover": { backgroundColor: tokens.colorNeutralBackground3Hover },
    [MIDDLE]: {
      flexDirection: "column",
      justifyContent: "center",
      gap: "4px",
      padding: "8px 4px",
      textAlign: "center",
      fontSize: tokens.fontSizeBase100,
      lineHeight: tokens.lineHeightBase100,
    },
  },
  here: {
    backgroundColor: tokens.colorNeutralBackground1,
    fontWeight: tokens.fontWeightSemibold,
    "::before": {
      content: '""',
      position: "absolute",
      insetInlineStart: 0,
      insetBlock: "10px",
      width: "3px",
      borderRadius: "2px",
      backgroundColor: tokens.colorCompoundBrandStroke,
    },
    "& svg": { color: tokens.colorBrandForeground1 },
  },
  icon: { display: "flex", flexShrink: 0 },
});

/** The rooms, each with the addresses that lie inside it. */
const ROOMS = [
  { to: "/home", words: "shell.home", Icon: HomeIcon, inside: /^\/home/ },
  {
    to: "/connectors",
    words: "shell.connectors",
    Icon: ConnectorsIcon,
    inside: /^\/(connectors|connections|set-up|plan)/,
  },
  {
    to: "/apps",
    words: "shell.permissions",
    Icon: AppsIcon,
    inside: /^\/(apps|attention|timeline|rotations|reminders)/,
  },
  { to: "/account", words: "shell.account", Icon: PersonIcon, inside: /^\/account/ },
  { to: "/activity", words: "shell.activity", Icon: ActivityIcon, inside: /^\/(activity|runs)/ },
] as const;
const SETTINGS = {
  to: "/settings",
  words: "shell.settings",
  Icon: SettingsIcon,
  inside: /^\/settings/,
} as const;

/** The way to every room. Before a door on Welcome was chosen, only Settings can be reached. */
export function Rail({ inside }: { inside: boolean }) {
  const styles = useStyles();
  const [unfolded, setUnfolded] = useState(false);
  const fold = () => setUnfolded(false);
  return (
    <nav className={styles.root} aria-label={t("shell.nav")}>
      <div className={styles.top}>
        <span className={styles.brand}>
          <BrandMark />
          {t("shell.product")}
        </span>
        <Button
          className={styles.burger}
          appearance="subtle"
          icon={unfolded ? <CloseIcon /> : <MenuIcon />}
          aria-label={t("shell.openNav")}
          aria-expanded={unfolded}
          aria-controls="rooms"
          onClick={() => setUnfolded(!unfolded)}
        />
      </div>
      <ul className={mergeClasses(styles.list, !unfolded && styles.folded)} id="rooms">
        {inside &&
          ROOMS.map((room) => (
            <li key={room.to}>
              <Room room={room} onGo={fold} />
            </li>
          ))}
        <li className={styles.last}>
          <Room room={SETTINGS} onGo={fold} />
        </li>
      </ul>
    </nav>
  );
}

function Room({ room, onGo }: { room: (typeof ROOMS)[number] | typeof SETTINGS; onGo: () => void }) {
  const styles = useStyles();
  const here = useRouterState({ select: (state) => room.inside.test(state.location.pathname) });
  return (
    <Link
      to={room.to}
      onClick={onGo}
      className={mergeClasses(styles.link, here && styles.here)}
      aria-current={here ? "page" : undefined}
    >
      <span className={styles.icon}>
        <room.Icon aria-hidden="true" />
      </span>
      {t(room.words)}
    </Link>
  );
}
