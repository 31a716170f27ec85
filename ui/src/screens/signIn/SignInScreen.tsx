import { Screen } from "../../components/Screen";

/** To be written. */
export function SignInScreen() {
  return <Screen title="SignIn" />;
}
