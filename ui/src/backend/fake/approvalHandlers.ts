import { approvalOf } from "./approvals";
import { found } from "./found";
import { type Handlers, pause } from "./index";
import { finish, inBrowser } from "./personal";
import { fakeClock } from "./world";

/** What waits for an admin. The admin agrees when somebody looks for the second time. */
export const approvalHandlers = {
  approvals: (world) => [...world.approvals.values()],
  approval_ask: (world, request) => {
    const approval = approvalOf(request);
    world.approvals.set(approval.id, approval);
    return approval;
  },
  approval_look: async (world, id) => {
    await pause(400);
    const approval = found(world.approvals.get(id));
    if (approval.watch.kind === "granted") return approval;
    if (world.onceLooked.has(id)) {
      const finished = finish(world, approval);
      world.tell("personal");
      return finished;
    }
    world.onceLooked.add(id);
    if (approval.watch.kind === "looking") approval.watch.lastAt = fakeClock().toISOString();
    return approval;
  },
  approval_watch: (world, id, emit) =>
    inBrowser(world, emit, () => {
      const approval = found(world.approvals.get(id));
      const now = fakeClock().getTime();
      approval.watch = {
        kind: "looking",
        lastAt: new Date(now).toISOString(),
        nextAt: new Date(now + 900_000).toISOString(),
      };
      return { kind: "needsApproval", approval };
    }),
  approval_copy: () => ({ clearedInSeconds: null }),
  approval_save: () => "/home/maja/Downloads/morningstar-office.gatehouse-request.json",
  approval_forget: (world, id) => {
    world.approvals.delete(id);
    return null;
  },
} satisfies Partial<Handlers>;
