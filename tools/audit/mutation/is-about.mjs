/**
 * Whether a subject of the suite can notice a mutant of a file. The lowering of an op is judged by the op's own trials,
 * the laws that speak of it, and what is made of all ops: graphs, programs, the official cases; not by other ops. Any
 * other file is judged by everything.
 *
 * @param {string} subject `conv2d`, `law: conv2d is linear`, `graph`
 * @param {string} file The path of the changed file, with slashes.
 * @param {readonly string[]} ops All ops.
 * @param {readonly { readonly name: string, readonly ops: readonly string[] }[]} laws
 */
export function isAbout(subject, file, ops, laws) {
  const [, name = ''] = /\/(?:lowerings|operators)\/([\w-]+)\.ts$/.exec(file) ?? [];
  const op = name.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
  if (!ops.includes(op)) return true;
  if (ops.includes(subject)) return subject === op;
  if (subject === 'precision') return false;
  return !subject.startsWith('law: ') || laws.some((law) => subject === `law: ${law.name}` && law.ops.includes(op));
}
