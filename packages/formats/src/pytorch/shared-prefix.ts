/**
 * What wrappers put before each name: DataParallel, torch.compile, Fabric, Lightning modules, and classes of one's own
 * around a network.
 */
const wrappers = [
  ...(['module.', '_orig_mod.', '_forward_module.', 'model.', 'net.', 'network.', 'backbone.'] as const),
  ...(['base_model.', 'encoder.', 'googlenet.'] as const),
];

/** Beside the model that it wraps, torch's AveragedModel has this counter of its own. */
export const averagesCounter = 'n_averaged';

/** What all names begin with and a wrapper has put there, one wrapper or several; empty where there is none. */
export function sharedPrefix(names: Iterable<string>): string {
  const all = [...names].filter((name) => name !== averagesCounter);
  let prefix = '';
  while (all.length > 0) {
    const longer = wrappers
      .map((wrapper) => prefix + wrapper)
      .find((start) => all.every((name) => name.startsWith(start) && name.length > start.length));
    if (longer === undefined) return prefix;
    prefix = longer;
  }
  return prefix;
}

/** A name without the prefix that all share. */
export function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
