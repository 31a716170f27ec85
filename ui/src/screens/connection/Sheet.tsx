import { makeStaticStyles, makeStyles } from "@fluentui/react-components";
import { useEffect } from "react";
import { createPortal } from "react-dom";
import { useStatus } from "../../backend/queries";
import type { ConnectionView } from "../../contract/types";
import { t } from "../../words";
import { shortDate } from "../../words/dates";
import { useNow } from "../../words/useNow";

/** On paper there is only the sheet; the window around it, which scrolls by itself, is left out. */
const usePaper = makeStaticStyles(`
  @media print {
    html, body { height: auto; overflow: visible; background: #fff; }
    body[data-sheet] > * { display: none; }
    body[data-sheet] > [data-paper] { display: block; }
  }
`);

const useStyles = makeStyles({
  root: {
    display: "none",
    color: "#000",
    fontFamily: "system-ui, sans-serif",
    fontSize: "11pt",
    lineHeight: 1.4,
    "& h1": { fontSize: "18pt", margin: "0 0 4pt" },
    "& h2": { fontSize: "13pt", margin: "16pt 0 4pt", breakAfter: "avoid" },
    "& p": { margin: "0 0 4pt" },
    "& table": { width: "100%", borderCollapse: "collapse", breakInside: "avoid" },
    "& th": { width: "32%", textAlign: "start", verticalAlign: "top", fontWeight: 600 },
    "& th, & td": { border: "1px solid #888", padding: "5pt 8pt", overflowWrap: "anywhere" },
  },
  value: { fontFamily: "monospace" },
});

/**
 * The hand-over on paper, with every secret left out. It is there, unseen, as long as the hand-over is open: so whatever way
 * somebody prints this page, a secret that happens to be revealed stays off the paper.
 */
export function Sheet({ connection }: { connection: ConnectionView }) {
  usePaper();
  const styles = useStyles();
  const now = useNow();
  const status = useStatus();
  const { summary } = connection;
  useEffect(() => {
    document.body.dataset.sheet = "";
    return () => {
      delete document.body.dataset.sheet;
    };
  }, []);
  return createPortal(
    <article className={styles.root} data-paper aria-hidden="true">
      <h1>{t("sheet.title", { name: summary.connectorName, organisation: summary.tenantName })}</h1>
      {status.data?.space === "practice" && (
        <p>
          <strong>{t("shell.practice")}.</strong> {t("sheet.practice")}
        </p>
      )}
      <p>{t("sheet.made", { date: fullDate(now) })}</p>
      {connection.handOver.sections.map((section) => (
        <section key={section.title}>
          <h2>{section.title}</h2>
          {section.place.length > 0 && <p>{t("connection.place", { place: section.place.join(" › ") })}</p>}
          {section.note !== null && <p>{section.note}</p>}
          <table>
            <tbody>
              {section.fields.map((field) => (
                <tr key={field.id}>
                  <th scope="row">{field.label}</th>
                  {field.secret ? (
                    <td>{t("sheet.secret")}</td>
                  ) : (
                    <td className={styles.value}>{field.value}</td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
      <Kept connection={connection} />
    </article>,
    document.body,
  );
}

/** Room to write by hand. */
const BLANK = "_".repeat(32);

/** Paper is read in other years too. */
const fullDate = (when: string | Date) => shortDate(when, new Date(0));

/** Each registration, when its secret ends, where it is kept, and what it may do. */
function Kept({ connection }: { connection: ConnectionView }) {
  return connection.registrations.map((registration) => (
    <section key={registration.key}>
      <h2>{registration.name}</h2>
      {registration.secret !== null && (
        <p>
          {t("sheet.kept", {
            date: fullDate(registration.secret.expiresAt),
            place: registration.secret.keptAt ?? BLANK,
          })}
        </p>
      )}
      <p>{t("sheet.permissions")}:</p>
      <ul>
        {registration.permissions.map(({ permission }) => (
          <li key={permission.key}>{`${permission.sentence} (${permission.value})`}</li>
        ))}
      </ul>
    </section>
  ));
}
