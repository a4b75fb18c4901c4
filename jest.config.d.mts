declare const config: {
  readonly projects: readonly {
    readonly displayName: string;
    readonly testMatch: readonly string[];
    readonly testPathIgnorePatterns: readonly string[];
  }[];
};
export default config;
