export interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

export interface LicenceCheck {
  readonly count: number;
  readonly faults: readonly string[];
}

export function checkLicences(
  packages: Readonly<Record<string, LockedPackage>>,
  readManifest: (folder: string) => object,
): LicenceCheck;

export function checkInstalledLicences(root: string): LicenceCheck;
