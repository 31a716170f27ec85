import { makeStyles, tokens } from "@fluentui/react-components";
import { ErrorNote } from "../components/ErrorNote";
import { WarningIcon } from "../components/icons";
import type { AppError } from "../contract/types";
import { t } from "../words";

const useStyles = makeStyles({
  room: { padding: "16px 32px 0" },
  note: {
    display: "flex",
    gap: "12px",
    margin: 0,
    padding: "12px 16px",
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorStatusWarningBorder1}`,
    backgroundColor: tokens.colorStatusWarningBackground1,
  },
  icon: { color: tokens.colorStatusWarningForeground1, display: "flex" },
});

/** The clock of this computer is wrong enough to break sign-ins. */
export function ClockNote({ ahead }: { ahead: number | null }) {
  const styles = useStyles();
  if (ahead === null) return null;
  const values = { minutes: Math.round(Math.abs(ahead) / 60), direction: ahead > 0 ? "ahead" : "behind" };
  return (
    <div className={styles.room}>
      <p className={styles.note}>
        <span className={styles.icon}>
          <WarningIcon aria-hidden="true" />
        </span>
        {t("shell.clock", values)}
      </p>
    </div>
  );
}

/** The data on this computer could not be opened as they should. */
export function StorageNote({ problem }: { problem: AppError | null }) {
  const styles = useStyles();
  if (problem === null) return null;
  return (
    <div className={styles.room}>
      <ErrorNote error={problem} />
    </div>
  );
}
