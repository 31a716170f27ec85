import { Button } from "@fluentui/react-components";
import type { PersonalConnection } from "../../../contract/types";
import { useVaultGate } from "../../../shell/vaultGate";
import { t } from "../../../words";

/** The one thing to do first: what brings a connection back to work or shows how it stands; else the way to more. */
export function NextStep(props: {
  connection: PersonalConnection;
  checking: boolean;
  onCheck: () => void;
  onReconnect: () => void;
  onChange: () => void;
}) {
  const gate = useVaultGate();
  switch (props.connection.state.kind) {
    case "works":
      return (
        <Button appearance="primary" onClick={props.onChange}>
          {t("personalPage.change")}
        </Button>
      );
    case "reconnect":
      return (
        <Button appearance="primary" onClick={props.onReconnect}>
          {t("action.signIn")}
        </Button>
      );
    case "vaultClosed":
      return (
        <Button appearance="primary" onClick={() => void gate.ask()}>
          {t("personalPage.vault")}
        </Button>
      );
    case "offline":
    case "notLooked":
      return (
        <Button appearance="primary" disabledFocusable={props.checking} onClick={props.onCheck}>
          {t("personalPage.check")}
        </Button>
      );
  }
}
