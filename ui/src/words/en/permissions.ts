/** Words of permissions. */
export const permissions = {} as const;
