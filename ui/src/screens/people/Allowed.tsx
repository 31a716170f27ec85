import { makeStyles, tokens } from "@fluentui/react-components";
import type { ConnectedGrant } from "../../contract/types";
import { told } from "./people";

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: "none", minWidth: 0, overflowWrap: "anywhere" },
  names: {
    margin: "4px 0 0",
    color: tokens.colorNeutralForeground2,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: "anywhere",
  },
});

/** What was allowed, in words; Microsoft's name of each as one points at it, and all of them where that was asked for. */
export function Allowed({ grant, label, names }: { grant: ConnectedGrant; label: string; names: boolean }) {
  const styles = useStyles();
  return (
    <div>
      <ul className={styles.list} aria-label={label}>
        {told(grant).map(({ key, value, sentence }) => (
          <li key={key} title={value}>
            {sentence}
          </li>
        ))}
      </ul>
      {names && (
        <p className={styles.names} dir="ltr">
          {grant.scopes.join(" ")}
        </p>
      )}
    </div>
  );
}
