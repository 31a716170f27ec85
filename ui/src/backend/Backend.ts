import type { Commands } from "../contract/commands";
import type { AppError } from "../contract/types";

/** The name of a command. */
export type CommandName = keyof Commands;
/** What a command takes. */
export type RequestOf<N extends CommandName> = Commands[N]["request"];
/** What a command sends while it works. */
export type EventOf<N extends CommandName> = Commands[N]["event"];
/** What a command answers. */
export type ResultOf<N extends CommandName> = Commands[N]["result"];
/** Commands that send events. */
export type StreamName = { [N in CommandName]: EventOf<N> extends null ? never : N }[CommandName];

/** The other side of the window: the Rust application, or an imitation of it. */
export interface Backend {
  /** Asks for one answer. Rejects with a {@link BackendError} and nothing else. */
  call<N extends CommandName>(name: N, request: RequestOf<N>): Promise<ResultOf<N>>;
  /** The same, with events meanwhile. Events may go on after the answer (a sign-in that waits). */
  stream<N extends StreamName>(
    name: N,
    request: RequestOf<N>,
    onEvent: (event: EventOf<N>) => void,
  ): Promise<ResultOf<N>>;
}

/** The one kind of failure that a {@link Backend} has. */
export class BackendError extends Error {
  constructor(readonly app: AppError) {
    super(app.title);
    this.name = "BackendError";
  }
}
