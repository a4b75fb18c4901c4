#!/usr/bin/env node
/**
 * `npm run check:release`: licences and known vulnerabilities of all packages,
 * and the list of the server's packages (SBOM, CycloneDX) in dist/sbom.json.
 * Exit code 1: something is wrong. 2: the registry did not answer, so
 * vulnerabilities were not checked.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkInstalledLicences } from './licences.mjs';
import { fail, root, run } from './setup.mjs';

/** npm's report names the vulnerable folders. */
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const isTool = ({ nodes }) => nodes.every((folder) => packages[folder]?.dev === true);

const licences = checkInstalledLicences(root);
process.stdout.write(`Licences: ${licences.count} packages, ${licences.faults.length} not allowed.\n`);
if (licences.faults.length > 0) fail(licences.faults.join('\n'));

mkdirSync(join(root, 'dist'), { recursive: true });
// With development packages npm refuses: a tool's peer dependency is not met.
const sbom = await run('npm', ['sbom', '--sbom-format=cyclonedx', '--omit=dev', '--package-lock-only']);
writeFileSync(join(root, 'dist/sbom.json'), sbom);
process.stdout.write('List of packages: dist/sbom.json.\n');

// Not `--omit=dev`: packages of the portal are bundled, and so development
// dependencies of package.json.
const { stdout } = spawnSync('npm', ['audit', '--json'], { cwd: root, encoding: 'utf8' });
const report = reportOf(stdout);
if (report?.vulnerabilities === undefined) {
  process.stderr.write(
    `\nVulnerabilities were NOT checked: ${report?.message ?? 'the registry did not answer'}\n` +
      'Run this command where the registry of `npm config get registry` answers "npm audit", before you release.\n',
  );
  process.exit(2);
}

const found = Object.values(report.vulnerabilities);
for (const one of found)
  process.stdout.write(`  ${one.severity} ${one.name} ${one.range}${isTool(one) ? ' (development or portal)' : ''}\n`);
const grave = found.filter((one) => !isTool(one) || ['high', 'critical'].includes(one.severity));
process.stdout.write(`Vulnerabilities: ${found.length}, of which ${grave.length} prevent a release.\n`);
if (grave.length > 0)
  fail('Update the packages (`npm audit fix`), or record in docs/security.md why the fault cannot be used here.');

function reportOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
