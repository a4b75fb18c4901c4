import type { SourceProblem } from '#kernel';

/** The files of a campaign by their path inside it, as `campaign.yaml` names them. Every path has passed `PathRules`. */
export interface CampaignPackage {
  readonly files: ReadonlyMap<string, Buffer>;
}

/** An expected outcome in two forms: a mistake in a package is returned, with all others, and never thrown. */
export type PackageReading =
  | { readonly ok: true; readonly pkg: CampaignPackage; readonly warnings: readonly SourceProblem[] }
  | { readonly ok: false; readonly problems: readonly SourceProblem[] };

/** How much a package may be: enough for a rich campaign, too little to hurt. */
export const PACKAGE_LIMITS = {
  zippedBytes: 30_000_000,
  unpackedBytes: 60_000_000,
  fileBytes: 10_000_000,
  files: 300,
  /** Deflate reaches about 1000:1; written text and drawings stay below 100:1. */
  ratio: 200,
  pathCharacters: 200,
} as const;

/** A problem of the package as a whole, or of one entry in it. */
export function packageProblem(code: string, file: string, message: string, wayOut: string): SourceProblem {
  return { code, severity: 'error', file, line: null, column: null, message, wayOut };
}

/** The file name that problems carry which concern the package as a whole. */
export const WHOLE_PACKAGE = 'campaign.yaml';
