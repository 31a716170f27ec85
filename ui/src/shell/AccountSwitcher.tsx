import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { OpenIcon } from "../components/icons";
import type { AccountView } from "../contract/types";
import { t } from "../words";
import { AccountMenu } from "./AccountMenu";

const useStyles = makeStyles({
  root: { position: "relative", minWidth: 0, flexShrink: 0, maxWidth: "70%" },
  button: { minHeight: "44px", paddingInline: "8px", maxWidth: "100%" },
  person: { display: "flex", flexDirection: "column", alignItems: "flex-end", textAlign: "end", minWidth: 0 },
  line: { maxWidth: "100%", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  role: {
    // The button's own colour: in high contrast that changes with its background.
    color: "inherit",
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** Who one is, and the way to another account. Closes on Escape, on a click elsewhere, and when the focus leaves. */
export function AccountSwitcher(props: { active: AccountView; role: string; accounts: AccountView[] }) {
  const styles = useStyles();
  const menu = useId();
  const root = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const { active, role } = props;
  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("focusin", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("focusin", outside);
    };
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && open) close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only listens for Escape from the buttons inside.
    <div className={styles.root} ref={root} onKeyDown={onKeyDown}>
      <Button
        className={styles.button}
        appearance="subtle"
        icon={<OpenIcon />}
        iconPosition="after"
        title={t("shell.switchAccount")}
        aria-expanded={open}
        aria-controls={open ? menu : undefined}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.person}>
          <span className={styles.line}>{active.name}</span>{" "}
          <span className={mergeClasses(styles.line, styles.role)}>{role}</span>
        </span>
      </Button>
      {open && (
        <AccountMenu
          id={menu}
          others={props.accounts.filter((account) => account.id !== active.id)}
          onClose={close}
        />
      )}
    </div>
  );
}
