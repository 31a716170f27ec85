import { useParams } from "@tanstack/react-router";
import { NotFound } from "../../shell/Lost";
import { AccountScreen } from "../account/AccountScreen";
import { ApprovalScreen } from "./approval/ApprovalScreen";
import { ConnectScreen } from "./connect/ConnectScreen";
import { DoneScreen } from "./connect/DoneScreen";
import { InvitationScreen } from "./invitation/InvitationScreen";
import { InviteScreen } from "./invitation/InviteScreen";
import { PersonalScreen } from "./PersonalScreen";
import { ChangeScreen } from "./page/ChangeScreen";
import { PersonalPageScreen } from "./page/PersonalPageScreen";
import type { Place } from "./places";

/** My account and the places inside it: one address to the router, so that the window's first load does not list them. */
export function PersonalRooms() {
  const { place, id = "" } = useParams({ strict: false });
  switch (place as Place | undefined) {
    case undefined:
      return <PersonalScreen />;
    case "signed-in":
      return <AccountScreen />;
    case "connect":
      return <ConnectScreen />;
    case "connection":
      return <PersonalPageScreen id={id} key={id} />;
    case "done":
      return <DoneScreen id={id} key={id} />;
    case "change":
      return <ChangeScreen id={id} key={id} />;
    case "approval":
      return <ApprovalScreen id={id} key={id} />;
    case "invitation":
      return <InvitationScreen />;
    case "invite":
      return <InviteScreen />;
    default:
      return <NotFound />;
  }
}
