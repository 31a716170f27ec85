/** To be written. */
export default function VaultDialog(_: { onFinish: (opened: boolean) => void }) {
  return null;
}
