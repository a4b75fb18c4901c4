export function newDataFolder(name: string): string;
export function copyData(from: string, to: string): void;
