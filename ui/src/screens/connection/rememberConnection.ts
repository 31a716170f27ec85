import type { QueryClient } from "@tanstack/react-query";
import { keyOf } from "../../backend/queries";
import type { ConnectionView } from "../../contract/types";

/** Shows a connection as a command gave it back, at once. */
export function rememberConnection(connection: ConnectionView, client: QueryClient): void {
  client.setQueryData(keyOf("connection", connection.summary.id), connection);
}
