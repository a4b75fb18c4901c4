import { writeFile } from 'node:fs/promises';
import { isId } from '#kernel';
import { ApiClient, Refusal } from './api-client.js';
import { CommandFailure } from './command-failure.js';
import { compileLocal } from './local-package.js';
import { type LocatedProblem, problemLines, tally } from './problem-lines.js';

/** Prints one line: to standard output, or to a list in tests. */
export type Print = (line: string) => void;

export interface Connection {
  readonly url: string;
  readonly key: string;
}

/**
 * Checks a package without a server.
 * @throws CommandFailure with exit code 1 if it has errors.
 */
export async function validate(path: string, print: Print): Promise<void> {
  const { compilation } = await compileLocal(path);
  const problems = compilation.ok ? compilation.warnings : compilation.problems;
  report(problems, path, print);
  if (!compilation.ok) throw new CommandFailure(`${path} cannot be uploaded: ${tally(problems)}.`, 1);
  const { emails, pages, documents, social, definition } = compilation.compiled;
  print(
    `${definition.name} is ready to upload: ${emails.length} emails, ${pages.length} pages, ${documents.length} documents, ${social.length} posts in ${definition.locales.join(', ')} (${tally(problems)}).`,
  );
}

/**
 * Uploads a package: as a new campaign, or as the next version of the one that
 * has its name.
 */
export async function push(path: string, { url, key }: Connection, print: Print): Promise<void> {
  const { zip, compilation } = await compileLocal(path);
  if (!compilation.ok || zip === null) {
    report(compilation.ok ? [] : compilation.problems, path, print);
    throw new CommandFailure(`${path} was not uploaded: correct the listed problems.`, 1);
  }
  report(compilation.warnings, path, print);
  const api = new ApiClient(url, key);
  try {
    const version = await createOrContinue(api, zip);
    print(
      `Version ${version.number} of ${compilation.compiled.definition.name} is a draft now (campaign ${version.campaignId}).`,
    );
  } catch (error) {
    // A newer server may check more than this machine.
    if (error instanceof Refusal) report(error.problem.problems ?? [], path, print);
    throw error;
  }
}

async function createOrContinue(api: ApiClient, zip: Buffer) {
  try {
    return await api.createCampaign(zip);
  } catch (error) {
    const known =
      error instanceof Refusal && error.problem.code === 'campaign.name-taken' ? error.problem.details : undefined;
    if (typeof known?.['campaignId'] !== 'string') throw error;
    return api.nextVersion(known['campaignId'], zip);
  }
}

/** Fetches the package of a version, as it was uploaded. */
export async function exportPackage(
  campaign: string,
  options: Connection & { readonly number: number | null; readonly output: string | null },
  print: Print,
): Promise<void> {
  const api = new ApiClient(options.url, options.key);
  const named = isId(campaign) && options.number !== null ? null : await findCampaign(api, campaign);
  const number = options.number ?? named?.newest ?? 1;
  const zip = await api.packageOf(named?.id ?? campaign, number);
  const file = options.output ?? `${campaign}-${number}.zip`;
  await writeFile(file, zip);
  print(`Version ${number} of ${campaign} is in ${file} (${zip.length} bytes).`);
}

async function findCampaign(api: ApiClient, campaign: string): Promise<{ id: string; newest: number }> {
  if (!isId(campaign)) return api.campaignNamed(campaign);
  throw new CommandFailure('Give the name of the campaign, or its id with --number.');
}

function report(problems: readonly LocatedProblem[], root: string, print: Print): void {
  for (const line of problemLines(problems, root)) print(line);
}
