import { makeStyles, tokens } from "@fluentui/react-components";
import { Link } from "@tanstack/react-router";
import { useTextLink } from "../../components/textLink";
import type { Timeline } from "../../contract/types";
import { t } from "../../words";
import { digits } from "../../words/numbers";
import { credentialName } from "../inventory/facetWords";
import { longDay, numberOf } from "./calendar";

const useStyles = makeStyles({
  root: { overflowX: "auto", minWidth: 0 },
  table: {
    width: "100%",
    borderCollapse: "collapse",
    "& th, & td": {
      padding: "8px 16px 8px 0",
      textAlign: "start",
      verticalAlign: "top",
      borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
      overflowWrap: "anywhere",
    },
    "& thead th": {
      color: tokens.colorNeutralForeground2,
      fontWeight: tokens.fontWeightRegular,
      fontSize: tokens.fontSizeBase200,
    },
    "@media (max-width: 639px)": {
      "& th, & td": { padding: "8px 8px 8px 0" },
      "& td:nth-child(4), & th:nth-child(4)": { display: "none" },
    },
  },
  days: { width: "88px", fontVariantNumeric: "tabular-nums", fontWeight: tokens.fontWeightSemibold },
  note: { color: tokens.colorNeutralForeground2 },
});

/** The most days that are listed; a list this long is better searched. */
const MOST = 200;

/** The same as the picture, in words. */
export function TableView({ timeline }: { timeline: Timeline }) {
  const styles = useStyles();
  const link = useTextLink();
  return (
    <div className={styles.root}>
      <table className={styles.table} aria-label={t("timeline.label")}>
        <thead>
          <tr>
            <th scope="col">{t("timeline.days")}</th>
            <th scope="col">{t("timeline.day")}</th>
            <th scope="col">{t("timeline.app")}</th>
            <th scope="col">{t("timeline.what")}</th>
          </tr>
        </thead>
        <tbody>
          {timeline.days.slice(0, MOST).map((day) =>
            day.ends.map((end, place) => (
              <tr key={`${end.appId}.${end.keyId}`}>
                <td className={styles.days}>{digits(day.days)}</td>
                <td>{longDay(numberOf(day.date))}</td>
                <td>
                  <Link to="/apps/$appId" params={{ appId: end.appId }} className={link}>
                    {end.appName}
                  </Link>
                  {place === day.ends.length - 1 && day.count > day.ends.length && (
                    <div className={styles.note}>
                      {t("timeline.andMore", { count: day.count - day.ends.length })}
                    </div>
                  )}
                </td>
                <td>{credentialName(end)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
