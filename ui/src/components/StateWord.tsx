import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { FailedIcon, HeldIcon, InfoIcon, NoIcon, UndoneIcon, WarningIcon, YesIcon } from "./icons";

const useStyles = makeStyles({
  root: { display: "inline-flex", alignItems: "flex-start", gap: "4px", minWidth: 0 },
  icon: { display: "flex", flexShrink: 0 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  wait: { color: tokens.colorStatusWarningForeground1 },
  warn: { color: tokens.colorStatusWarningForeground1 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
  no: { color: tokens.colorNeutralForeground3 },
  info: { color: tokens.colorBrandForeground1 },
});

const ICONS = {
  good: YesIcon,
  wait: HeldIcon,
  warn: WarningIcon,
  bad: FailedIcon,
  quiet: UndoneIcon,
  no: NoIcon,
  info: InfoIcon,
} as const;

/** How something stands, for {@link StateWord}. */
export type Tone = keyof typeof ICONS;

/** A state as icon and word; never by colour alone. */
export function StateWord({ tone, children }: { tone: Tone; children: string }) {
  const styles = useStyles();
  const Icon = ICONS[tone];
  return (
    <span className={styles.root}>
      <span className={mergeClasses(styles.icon, styles[tone])}>
        <Icon aria-hidden="true" />
      </span>
      {children}
    </span>
  );
}
