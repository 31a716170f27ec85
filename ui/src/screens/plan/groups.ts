/** Things by the group that they belong to; groups in the order in which they first come. */
export function byGroup<T>(things: T[], groupOf: (thing: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groupOf(thing);
    groups.set(group, [...(groups.get(group) ?? []), thing]);
  }
  return [...groups];
}
