export function databasePassword(postgresFolder: string): string;
