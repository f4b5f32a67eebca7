/** The version of this package, which all packages share. `nx release` writes it (`tools/release/version-actions.cjs`). */
export const version = '0.1.0';
