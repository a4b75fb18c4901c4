export function dataFolder(folder: string): string;
