export const leftOut: Readonly<Record<string, string>>;
