import type { Handlers } from "./index";
import { MAJA } from "./people";
import { permissionOf } from "./personalWords";

/** Who has let an app act for them. */
export const connectedHandlers = {
  connected_people: (_, { appId }) => ({
    appName: "Totalview",
    appId,
    everyone: null,
    people: [
      {
        id: "b0c7f0de-0001-4000-8000-000000000001",
        name: MAJA.name,
        upn: MAJA.upn,
        enabled: true,
        grant: { permissions: [permissionOf("calendarRead")], scopes: ["Calendars.Read"] },
      },
    ],
    more: false,
    lookedAt: "2026-11-20T09:38:00Z",
  }),
} satisfies Partial<Handlers>;
