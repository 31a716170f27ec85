import { Button } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { OutsideIcon } from "../../components/icons";
import { Screen } from "../../components/Screen";
import type { AccountView, SignInPurpose } from "../../contract/types";
import { t } from "../../words";
import { Reason } from "./Reason";

/** Signs in the same person once more, or for more. */
export function SignInAgain(props: {
  account: AccountView;
  purposes: SignInPurpose[];
  note: ReactNode;
  onStart: () => void;
}) {
  const { account } = props;
  return (
    <Screen
      title={t("signIn.titleAgain")}
      sentence={t("signIn.againAs", {
        name: account.name,
        upn: account.upn,
        organisation: account.tenantName,
      })}
      primary={
        <Button appearance="primary" icon={<OutsideIcon />} iconPosition="after" onClick={props.onStart}>
          {t(account.cloud === "practice" ? "signIn.buttonPractice" : "signIn.button")}
        </Button>
      }
    >
      {props.note}
      {props.purposes.map((purpose) => (
        <Reason key={purpose} purpose={purpose} />
      ))}
    </Screen>
  );
}
