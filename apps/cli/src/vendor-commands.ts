import { readFile } from 'node:fs/promises';
import { BrandModule, LogoReader } from '#brand';
import { EmailField, USER_LANGUAGES } from '#contracts';
import { FoundingModule, VendorFounding } from '#founding';
import { DomainError, messageOf } from '#kernel';
import { defaultLanguage, defaultTimeZone } from '#organisations';
import { CommandFailure } from './command-failure.js';
import type { Print } from './commands.js';
import { operator, withInstallation } from './operator-process.js';

export interface VendorServices {
  readonly founding: VendorFounding;
  readonly logos: LogoReader;
}

export interface VendorOptions {
  readonly name: string;
  readonly owner: string;
  readonly ownerEmail: string;
  readonly country: string;
  readonly timeZone?: string;
  readonly languages?: string;
  readonly language?: string;
  readonly senderDomain?: string;
  readonly colour?: string;
  readonly logo?: string;
  readonly mail?: true;
}

/** The option of each field that a founding may refuse. */
const OPTION_OF: Readonly<Record<string, string>> = {
  vendorName: '--name',
  name: '--owner',
  email: '--owner-email',
  countryCode: '--country',
  timeZone: '--time-zone',
  languages: '--languages',
  senderDomain: '--sender-domain',
  colour: '--colour',
  file: '--logo',
};

/** Opens the founding of vendors for one command. */
export async function withVendors(work: (services: VendorServices) => Promise<void>): Promise<void> {
  await withInstallation([BrandModule, FoundingModule], (app) =>
    work({ founding: app.get(VendorFounding), logos: app.get(LogoReader) }),
  );
}

/**
 * Founds a vendor and prints a link for its owner. For a vendor that has no owner
 * yet, it prints a new link.
 * @throws CommandFailure that names the option; nothing has changed then.
 */
export async function createVendor(
  { founding, logos }: VendorServices,
  options: VendorOptions,
  print: Print,
): Promise<void> {
  const owner = { name: options.owner, email: addressIn(options.ownerEmail), locale: localeIn(options) };
  // Before the founding, so that a bad file founds nothing.
  const logo = options.logo === undefined ? null : await naming(() => readLogo(logos, options.logo ?? ''));
  const country = options.country.trim().toUpperCase();
  const { vendorId, url, isNew } = await naming(() =>
    founding.withLink(
      operator(),
      {
        name: options.name,
        countryCode: country,
        timeZone: options.timeZone ?? defaultTimeZone(country),
        languages: options.languages?.split(',') ?? [languageOf(country)],
        senderDomain: options.senderDomain ?? null,
        colour: options.colour ?? null,
        logo,
      },
      owner,
      options.mail === true,
    ),
  );
  print(
    isNew
      ? `Founded: ${options.name.trim()} (${vendorId}).`
      : `${options.name.trim()} exists already (${vendorId}) and has no owner yet. Nothing of it was changed; earlier links to its owner have ended.`,
  );
  print(`Link for ${owner.email}, valid once within 14 days${options.mail === true ? ' (mailed, too)' : ''}:`);
  print(url);
}

/** Prints the vendors by name. */
export async function listVendors({ founding }: VendorServices, print: Print): Promise<void> {
  const vendors = await founding.list();
  if (vendors.length === 0) print('No vendor yet. Found one: throughline vendor create --help');
  for (const { id, name, createdAt } of vendors) print(`${id}  ${createdAt.toISOString().slice(0, 10)}  ${name}`);
}

function addressIn(written: string): string {
  const parsed = EmailField.safeParse(written.trim());
  if (parsed.success) return parsed.data;
  throw new CommandFailure('--owner-email: this is not an e-mail address. Write for example anna@example.com.');
}

/** The language of the owner's account: the chosen one, else that of the country, else English. */
function localeIn({ language, country }: VendorOptions): string {
  const wanted = language ?? languageOf(country.trim().toUpperCase());
  const known = USER_LANGUAGES.find((one) => one === wanted);
  if (known !== undefined || language === undefined) return known ?? 'en';
  throw new CommandFailure(
    `--language: the portal is not in "${language}". Write one of: ${USER_LANGUAGES.join(', ')}.`,
  );
}

/** The founding refuses an unknown country, so its language does not matter. */
const languageOf = (country: string): string => (/^[A-Z]{2}$/.test(country) ? defaultLanguage(country) : 'en');

async function readLogo(logos: LogoReader, path: string): ReturnType<LogoReader['read']> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CommandFailure(`--logo: the file cannot be read (${messageOf(cause)}). Nothing was changed.`);
  });
  return logos.read(bytes);
}

/** A refusal names the option instead of the field of the API. */
async function naming<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const option = OPTION_OF[error.details.field ?? ''];
    throw new CommandFailure(`${option === undefined ? '' : `${option}: `}${error.message} Nothing was changed.`);
  }
}
