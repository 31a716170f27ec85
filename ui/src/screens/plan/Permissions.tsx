import { PanelList, PanelRow } from "../../components/Panel";
import { PermissionRow } from "../../components/PermissionRow";
import type { PermissionWords } from "../../contract/types";

/** Permissions in words, each with its risk and the reason for it. */
export function Permissions(props: {
  permissions: PermissionWords[];
  label: string;
  /** Something to know about one of them. */
  note?: (permission: PermissionWords) => string | null;
}) {
  return (
    <PanelList label={props.label}>
      {props.permissions.map((permission) => (
        <PanelRow key={permission.key}>
          <PermissionRow permission={permission} action={props.note?.(permission)} />
        </PanelRow>
      ))}
    </PanelList>
  );
}
