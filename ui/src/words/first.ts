import { activity } from "./en/activity";
import { common } from "./en/common";
import { home } from "./en/home";
import { shell } from "./en/shell";
import { welcome } from "./en/welcome";

/** What the frame, Welcome and Home say: loaded with the window. A test holds them to it. */
export const first = { ...activity, ...common, ...home, ...shell, ...welcome } as const;
