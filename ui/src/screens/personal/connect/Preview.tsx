import { makeStyles, tokens } from "@fluentui/react-components";
import { useAnswer } from "../../../backend/queries";
import { ErrorNote } from "../../../components/ErrorNote";
import { StateWord } from "../../../components/StateWord";
import { Waiting } from "../../../components/Waiting";
import type { PersonalRequest } from "../../../contract/types";
import { t } from "../../../words";
import { PermissionList } from "../PermissionList";

const useStyles = makeStyles({
  heading: { margin: "0 0 8px", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  issues: { display: "flex", flexDirection: "column", gap: "8px" },
  list: { margin: 0, paddingInlineStart: "20px", display: "flex", flexDirection: "column", gap: "4px" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What a request means, permission by permission, before anything goes to Microsoft. */
export function Preview({ request }: { request: PersonalRequest }) {
  const styles = useStyles();
  const preview = useAnswer("personal_preview", request, { fresh: true });
  if (preview.error)
    return <ErrorNote error={preview.error} actions={{ tryAgain: () => void preview.refetch() }} />;
  if (preview.data === undefined) return <Waiting words={t("connect.looking")} />;
  const { permissions, added, always, issues } = preview.data;
  const fresh = permissions.filter((each) => added.includes(each.key));
  const before = permissions.filter((each) => !added.includes(each.key));
  return (
    <>
      {issues.length > 0 && (
        <div className={styles.issues} role="alert">
          {issues.map((issue) => (
            <StateWord key={issue} tone="warn">
              {issue}
            </StateWord>
          ))}
        </div>
      )}
      {fresh.length > 0 && (
        <PermissionList title={t(before.length > 0 ? "connect.new" : "connect.asked")} permissions={fresh} />
      )}
      {before.length > 0 && <PermissionList title={t("connect.already")} permissions={before} />}
      {always.length > 0 && (
        <div>
          <h3 className={styles.heading}>{t("connect.always")}</h3>
          <ul className={styles.list}>
            {always.map((sentence) => (
              <li key={sentence} className={styles.quiet}>
                {sentence}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
