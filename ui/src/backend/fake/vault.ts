import type { VaultChoice, VaultStatus } from "../../contract/types";
import { BackendError } from "../Backend";
import { KEYRING_LOCKED, PASSPHRASE_SHORT, PASSPHRASE_WRONG } from "./failures";
import type { World } from "./world";

/** Opens the vault where that needs nobody. */
export function openVault(world: World): VaultStatus {
  if (world.status.vault.kind === "notOpened") world.status.vault = { kind: "ready", store: "keyring" };
  return world.status.vault;
}

/** Does what the person chose. The passphrase "wrong passphrase" is wrong. */
export function chooseVault(world: World, choice: VaultChoice): VaultStatus {
  if (choice.kind === "passphrase" && choice.passphrase.length < 12) throw new BackendError(PASSPHRASE_SHORT);
  if (choice.kind === "passphrase" && choice.passphrase === "wrong passphrase")
    throw new BackendError(PASSPHRASE_WRONG);
  if (choice.kind === "keyring" && world.status.vault.kind === "absent")
    throw new BackendError(KEYRING_LOCKED);
  const store = choice.kind === "abandonLost" ? "keyring" : choice.kind;
  world.status.vault = { kind: "ready", store };
  return world.status.vault;
}
