import { PanelList, PanelRow } from "../../components/Panel";
import { PermissionRow } from "../../components/PermissionRow";
import type { PermissionWords } from "../../contract/types";

/** Permissions in words, each with its risk and the reason for it. */
export function Permissions({ permissions, label }: { permissions: PermissionWords[]; label: string }) {
  return (
    <PanelList label={label}>
      {permissions.map((permission) => (
        <PanelRow key={permission.key}>
          <PermissionRow permission={permission} />
        </PanelRow>
      ))}
    </PanelList>
  );
}
