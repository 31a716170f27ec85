import {
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
} from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useCommand } from "../backend/queries";
import type { AccountView } from "../contract/types";
import { t } from "../words";

/** The menu under the person's name: other accounts, another sign-in, all accounts. */
export default function AccountMenu(props: {
  others: AccountView[];
  target: HTMLElement | null;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const choose = useCommand("account_choose");
  return (
    <Menu
      open
      onOpenChange={(_, { open }) => open || props.onClose()}
      positioning={{ position: "below", align: "end", ...(props.target ? { target: props.target } : {}) }}
    >
      <MenuPopover>
        <MenuList>
          {props.others.length > 0 && (
            <MenuGroup>
              <MenuGroupHeader>{t("shell.otherAccounts")}</MenuGroupHeader>
              {props.others.map((account) => (
                <MenuItem
                  key={account.id}
                  subText={account.tenantName}
                  onClick={() => choose.mutate(account.id)}
                >
                  {account.name}
                </MenuItem>
              ))}
              <MenuDivider />
            </MenuGroup>
          )}
          <MenuItem onClick={() => void navigate({ to: "/sign-in" })}>{t("shell.addAccount")}</MenuItem>
          <MenuItem onClick={() => void navigate({ to: "/account" })}>{t("shell.manageAccounts")}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
