/** Words of activity. */
export const activity = {} as const;
