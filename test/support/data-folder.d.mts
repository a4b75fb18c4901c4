export function newDataFolder(name: string): string;
export function newSeededFolder(name: string): { readonly folder: string; readonly data: string };
