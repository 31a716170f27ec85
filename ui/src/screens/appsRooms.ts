// The rooms of Apps and secrets share most of their code, so they come in one file.
export { AppScreen } from "./app/AppScreen";
export { AttentionScreen } from "./attention/AttentionScreen";
export { InventoryScreen } from "./inventory/InventoryScreen";
export { prefetchRows } from "./inventory/useRows";
export { RemindersScreen } from "./reminders/RemindersScreen";
export { RotationScreen } from "./rotation/RotationScreen";
export { RotationsScreen } from "./rotation/RotationsScreen";
export { TimelineScreen } from "./timeline/TimelineScreen";
