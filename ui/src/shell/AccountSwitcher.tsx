import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { lazy, Suspense, useRef, useState } from "react";
import { OpenIcon } from "../components/icons";
import type { AccountView } from "../contract/types";
import { t } from "../words";

const loadMenu = () => import("./AccountMenu");
const AccountMenu = lazy(loadMenu);

const useStyles = makeStyles({
  button: { minHeight: "44px", paddingInline: "8px", flexShrink: 0, maxWidth: "70%" },
  person: { display: "flex", flexDirection: "column", alignItems: "flex-end", textAlign: "end", minWidth: 0 },
  line: { maxWidth: "100%", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  role: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightRegular,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** Who one is, and the way to another account. The menu itself is fetched when somebody reaches for it. */
export function AccountSwitcher(props: { active: AccountView; role: string; accounts: AccountView[] }) {
  const styles = useStyles();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const { active, role } = props;
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <Button
        ref={(element: HTMLButtonElement | null) => {
          button.current = element;
        }}
        className={styles.button}
        appearance="subtle"
        icon={<OpenIcon />}
        iconPosition="after"
        aria-haspopup="menu"
        aria-expanded={open}
        title={t("shell.switchAccount")}
        onPointerEnter={() => void loadMenu()}
        onFocus={() => void loadMenu()}
        onClick={() => setOpen(!open)}
      >
        <span className={styles.person}>
          <span className={styles.line}>{active.name}</span>{" "}
          <span className={mergeClasses(styles.line, styles.role)}>{role}</span>
        </span>
      </Button>
      {open && (
        <Suspense fallback={null}>
          <AccountMenu
            others={props.accounts.filter((account) => account.id !== active.id)}
            target={button.current}
            onClose={close}
          />
        </Suspense>
      )}
    </>
  );
}
