import { until } from '../support/until.js';
import type { Look, Portal, Visitor } from './portal.js';

interface Newcomer {
  /** Of the partner. */
  readonly name: string;
  readonly email: string;
}

/** A vendor invites a partner. @returns the path that the letter names. */
export async function invited(portal: Portal, { name, email }: Newcomer): Promise<string> {
  const maya = await portal.signIn('maya@northwind.example');
  await maya.press(maya.link('Partners'));
  await maya.press(maya.button('Invite a partner'));
  await maya.field('Company').fill(name);
  await maya.field('Main contact’s e-mail').fill(email);
  await maya.page.getByRole('combobox', { name: 'Country' }).fill('United King');
  await maya.page.getByRole('option', { name: 'United Kingdom' }).click();
  await maya.field('Tier').fill('gold');
  await maya.field('Region').fill('emea');
  await maya.press(maya.button('Send the invitation'));
  await maya.page.getByText(`Invitation sent to ${name}.`).waitFor();
  await maya.leave();
  let link: string | undefined;
  await until(async () => {
    const [mail] = await portal.standalone.mailbox.mailsTo(email);
    link = /https?:\/\/\S+\/invitation\/[\w-]+/.exec(mail?.text ?? '')?.[0];
    return link !== undefined;
  });
  return new URL(link ?? '').pathname;
}

/**
 * From the letter to the first launch: account, brand, contacts, review.
 * @returns who did it, with the clicks that it took besides typing.
 */
export async function firstLaunch(portal: Portal, newcomer: Newcomer, look: Look = {}): Promise<Visitor> {
  const ines = await portal.visit(await invited(portal, newcomer), look);
  await ines.field('Your name').fill('Ines Moreau');
  await ines.field('Password').fill('seven quiet lanterns');
  await ines.press(ines.page.getByRole('radio', { name: 'No, do not show them' }));
  await ines.press(ines.button('Accept invitation'));
  await ines.link('Import your contacts').waitFor();
  await ines.press(ines.link('Fill in (2 min)'));

  await ines.page.getByLabel('Logo', { exact: true }).setInputFiles('templates/seed/logos/brightwater.svg');
  ines.clicks++;
  await ines.page.getByAltText('Your logo on white').waitFor();
  // At the domain of the mailbox that was invited, as most are: nothing else
  // has to be proved.
  await ines.field('Website').fill(`https://www.${newcomer.email.split('@')[1]}`);
  await ines.field('Privacy policy').fill(`https://www.${newcomer.email.split('@')[1]}/privacy`);
  await ines.field('Postal address').fill('4 Quay Street\nLeeds LS1 4AB');
  await ines.press(ines.button('Save'));
  await ines.page.getByText('You can launch all campaigns that are open to you.').waitFor();

  await ines.press(ines.link('Import your contacts'));
  await ines.button('Upload file').setInputFiles({
    name: 'customers.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('\ufeffE-mail;First name\r\nada@harbour.example;Ada\r\n', 'utf8'),
  });
  ines.clicks++;
  await ines.heading('Are the columns right?').waitFor();
  await ines.press(ines.page.getByRole('radio', { name: 'Customer' }));
  await ines.press(ines.button('Import'));
  await ines.page.getByText('Finished', { exact: true }).waitFor();
  await ines.press(ines.link('Go to the campaigns'));

  await ines.press(ines.link('Review Zero trust at the edge'));
  await ines.page.getByText('1 of 1 contacts will get it').waitFor();
  await ines.press(ines.button('Launch'));
  await ines.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
  return ines;
}
