/** `base`, or with as many ' behind it as it takes to be none of `taken`, to which it is added. */
export function freshName(base: string, taken: Set<string>): string {
  let name = base;
  while (taken.has(name)) name += "'";
  taken.add(name);
  return name;
}

/** The names of a graph's nodes, for those that a pass adds. */
export function namesOf({ nodes }: { readonly nodes: readonly { readonly name: string }[] }): Set<string> {
  return new Set(nodes.map(({ name }) => name));
}
