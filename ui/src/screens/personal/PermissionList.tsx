import { makeStyles, tokens } from "@fluentui/react-components";
import { PanelList, PanelRow } from "../../components/Panel";
import { PermissionRow } from "../../components/PermissionRow";
import type { PermissionWords } from "../../contract/types";
import { inYourWords } from "./yourWords";

const useStyles = makeStyles({
  heading: { margin: "0 0 8px", fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
});

/** Permissions under a small heading, each as a sentence first. */
export function PermissionList({ title, permissions }: { title: string; permissions: PermissionWords[] }) {
  const styles = useStyles();
  return (
    <div>
      <h3 className={styles.heading}>{title}</h3>
      <PanelList label={title}>
        {permissions.map((permission) => (
          <PanelRow key={permission.key}>
            <PermissionRow permission={inYourWords(permission)} />
          </PanelRow>
        ))}
      </PanelList>
    </div>
  );
}
