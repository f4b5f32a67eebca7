/**
 * The last line of every program: whether the library still does what docs/findings.md tells. Exit code 0 when it does,
 * 1 when it changed.
 */
export function conclude(still) {
  console.log(still ? 'as told in docs/findings.md' : 'CHANGED: no longer as told in docs/findings.md');
  process.exit(still ? 0 : 1);
}

/** The program cannot be run here: exit code 3. */
export function notHere(reason) {
  console.log(`not run here: ${reason}`);
  process.exit(3);
}
