export function copyPackages(root: string, target: string): string[];
