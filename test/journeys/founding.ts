import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrandKit, SetUpChecklistView } from '#contracts';
import { packageRoot } from '#kernel';
import { until } from '../support/until.js';
import type { Distributed } from './distributed.js';
import { invitationToken } from './invitation-token.js';
import type { Scene } from './journey.js';
import { Person, upload } from './person.js';

const PASSWORD = 'heron lantern gravel teapot';
const addressOf = (role: string): string => `${role}@northwind.example`;

/**
 * Founds the first vendor of an empty installation as its people do: with the
 * token that api printed, then the brand, then the team, by real e-mails.
 */
export async function foundVendor(distributed: Distributed): Promise<Scene['vendor']> {
  const owner = new Person(distributed.url);
  await owner.enter('first-run', {
    token: await printedToken(distributed),
    vendorName: 'Northwind Systems',
    countryCode: 'GB',
    timeZone: 'Europe/London',
    languages: ['en', 'de'],
    senderDomain: 'partners.northwind.example',
    colour: '#0b5cad',
    name: 'The owner',
    email: addressOf('owner'),
    password: PASSWORD,
    language: 'en',
  });
  const logo = readFileSync(join(packageRoot(), 'templates/seed/logos/northwind.png'));
  await owner.call('brand-kit/logo', BrandKit, { method: 'PUT', form: upload('file', logo, 'logo.png') });
  await Promise.all(['marketer', 'approver'].map((role) => welcome(distributed, owner, role)));
  return {
    owner: addressOf('owner'),
    marketer: addressOf('marketer'),
    approver: addressOf('approver'),
    password: PASSWORD,
  };
}

/** The steps of the owner's checklist that are done. */
export async function doneSteps({ url }: Distributed): Promise<string[]> {
  const owner = await Person.signIn(url, addressOf('owner'), PASSWORD);
  const { steps } = await owner.call('set-up', SetUpChecklistView);
  return steps.filter(({ isDone }) => isDone).map(({ key }) => key);
}

async function printedToken({ members }: Distributed): Promise<string> {
  const printed = (): string => /\/first-run#([\w-]+)/.exec(members.get('api')?.output ?? '')?.[1] ?? '';
  await until(() => printed() !== '', 'the link to the first run');
  return printed();
}

/** A colleague joins by the link of an e-mail. */
async function welcome(distributed: Distributed, owner: Person, role: string): Promise<void> {
  const email = addressOf(role);
  await owner.status('team/invitations', { method: 'POST', json: { email, role } });
  const token = await invitationToken(distributed, email);
  await new Person(distributed.url).enter(`invitations/${token}/accept`, { name: `The ${role}`, password: PASSWORD });
}
