import { makeStaticStyles, makeStyles } from "@fluentui/react-components";
import { useEffect } from "react";
import { createPortal } from "react-dom";
import type { ConnectionView } from "../../contract/types";
import { t } from "../../words";
import { shortDate } from "../../words/dates";
import { useNow } from "../../words/useNow";

/** On paper there is only the sheet; the window around it, which scrolls by itself, is left out. */
const usePaper = makeStaticStyles({
  "@media print": {
    "html, body": { height: "auto", overflow: "visible", backgroundColor: "#fff" },
    "body[data-sheet] > *": { display: "none" },
    "body[data-sheet] > [data-paper]": { display: "block" },
  },
});

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

/** The hand-over on paper, with every secret left out. Prints itself once, then goes away. */
export function Sheet({ connection, onPrinted }: { connection: ConnectionView; onPrinted: () => void }) {
  usePaper();
  const styles = useStyles();
  const now = useNow();
  const { summary } = connection;
  useEffect(() => {
    document.body.dataset.sheet = "";
    const frame = requestAnimationFrame(() => {
      window.print();
      onPrinted();
    });
    return () => {
      cancelAnimationFrame(frame);
      delete document.body.dataset.sheet;
    };
  }, [onPrinted]);
  return createPortal(
    <article className={styles.root} data-paper aria-hidden="true">
      <h1>{t("sheet.title", { name: summary.connectorName, organisation: summary.tenantName })}</h1>
      <p>{t("sheet.made", { date: shortDate(now, now) })}</p>
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
                  <td className={styles.value}>{field.secret ? t("sheet.secretUnknown") : field.value}</td>
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

/** Each registration, when its secret ends, where it is kept, and what it may do. */
function Kept({ connection }: { connection: ConnectionView }) {
  const now = useNow();
  return connection.registrations.map((registration) => (
    <section key={registration.key}>
      <h2>{registration.name}</h2>
      {registration.secret !== null && (
        <p>
          {t("connection.secretEnds", { when: shortDate(registration.secret.expiresAt, now) })}.{" "}
          {registration.secret.keptAt === null
            ? t("sheet.secretUnknown")
            : t("sheet.secret", { place: registration.secret.keptAt })}
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
