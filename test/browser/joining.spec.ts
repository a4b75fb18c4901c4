import { newId } from '#kernel';
import { Person } from '../journeys/person.js';
import { violations } from '../support/axe.js';
import { until } from '../support/until.js';
import { type Look, Portal, type Visitor } from './portal.js';
import { screenProblems } from './screen-problems.js';

const PASSWORD = 'northwind demo';
const OLIVIA = 'olivia@brightwater.example';
const DARK_PHONE: Look = { width: 390, scheme: 'dark' };

describe('companies that join', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  /** The path of a link in the newest mail to an address. */
  const linkTo = async (email: string, pattern: RegExp): Promise<string> => {
    let link: string | undefined;
    await until(async () => {
      const texts = (await portal.standalone.mailbox.mailsTo(email)).map(({ text }) => pattern.exec(text)?.[0]);
      link = texts.findLast((one) => one !== undefined);
      return link !== undefined;
    }, `a link to ${email}`);
    return new URL(link!).pathname;
  };
  const isRight = async (visitor: Visitor, name: string): Promise<void> => {
    await visitor.allThere();
    // Before the checks, which change the width.
    await visitor.picture(`joining-${name}`);
    expect(await violations(visitor.page)).toEqual([]);
    expect(await screenProblems(visitor)).toEqual([]);
  };

  it('apply by the vendor’s form, prove their address, and are accepted', async () => {
    const email = 'zoe@lighthouse.example';
    const zoe = await portal.visit('/apply/northwind-systems');
    await zoe.field('Company').fill('Lighthouse Cloud');
    await zoe.page.getByRole('combobox', { name: 'Country' }).fill('United King');
    await zoe.page.getByRole('option', { name: 'United Kingdom' }).click();
    await zoe.field('Your name').fill('Zoe Hart');
    await zoe.field('Business e-mail address').fill(email);
    await zoe.field('Which customers do you serve?').fill('Ports and shipping companies');
    await isRight(zoe, 'apply');
    await zoe.press(zoe.button('Send application'));
    await zoe.page.getByText('Check your inbox').waitFor();
    await zoe.page.goto(await linkTo(email, /https?:\/\/\S+\/apply\/\S+\/confirm\/[\w-]+/));
    await zoe.press(zoe.button('Confirm the address'));
    await zoe.page.getByText('Your application has arrived').waitFor();
    await zoe.leave();

    const maya = await portal.signIn('maya@northwind.example', { path: '/partners' });
    await maya.press(maya.link('Applications (1)'));
    const card = maya.page.getByRole('region', { name: 'Lighthouse Cloud' });
    await card.getByText('Ports and shipping companies').waitFor();
    await isRight(maya, 'applications');
    await maya.press(card.getByRole('button', { name: 'Accept Lighthouse Cloud' }));
    const dialog = maya.page.getByRole('dialog', { name: 'Accept Lighthouse Cloud' });
    await dialog.getByLabel('Tier').fill('gold');
    await dialog.getByLabel('Region').fill('emea');
    // The suggestions cover the button.
    await maya.page.getByRole('option', { name: 'emea' }).click();
    await maya.press(dialog.getByRole('button', { name: 'Send the invitation' }));
    await maya.page.getByText('Lighthouse Cloud is invited at').waitFor();
    await linkTo(email, /https?:\/\/\S+\/invitation\/[\w-]+/);
    expect(maya.errors).toEqual([]);
    await maya.leave();
  });

  it('are recognised before they are invited twice, and their owners take the further person in', async () => {
    const maya = await portal.signIn('maya@northwind.example', { path: '/partners' });
    await maya.press(maya.button('Invite a partner'));
    const dialog = maya.page.getByRole('dialog', { name: 'Invite a partner' });
    await dialog.getByLabel('Company').fill('Brightwater IT Ltd');
    await dialog.getByLabel('Main contact’s e-mail').fill('sam@brightwater.example');
    await dialog.getByRole('combobox', { name: 'Country' }).fill('United King');
    await maya.page.getByRole('option', { name: 'United Kingdom' }).click();
    await dialog.getByLabel('Tier').fill('gold');
    await dialog.getByLabel('Region').fill('emea');
    await maya.press(dialog.getByRole('button', { name: 'Send the invitation' }));
    await dialog.getByText('This company may be your partner already').waitFor();
    await isRight(maya, 'duplicates');
    await maya.press(dialog.getByRole('button', { name: 'Suggest sam@brightwater.example to its owners' }));
    await maya.page.getByText('The owners of Brightwater IT got your suggestion.').waitFor();
    expect(maya.errors).toEqual([]);
    await maya.leave();

    const olivia = await portal.signIn(OLIVIA, { path: '/team' });
    await olivia.heading('Suggested people').waitFor();
    await isRight(olivia, 'suggested');
    await olivia.press(olivia.button('Invite'));
    await olivia.page.getByText('Invitation sent to sam@brightwater.example.').waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('accept the invitation of a second vendor as the company that they are', async () => {
    const carla = await aSecondVendor();
    const invitation = {
      organisationName: 'Bright Water',
      email: OLIVIA,
      countryCode: 'GB',
      tier: 'gold',
      region: 'emea',
    };
    expect(await carla.status('partners/invitations', { method: 'POST', json: invitation })).toBe(201);
    const path = await linkTo(OLIVIA, /https?:\/\/\S+\/invitation\/[\w-]+/);
    const olivia = await portal.visit(path, DARK_PHONE);
    await olivia.heading('Sign in to accept').waitFor();
    expect(await olivia.page.content()).not.toContain('Brightwater IT');
    await olivia.field('Password').fill(PASSWORD);
    await olivia.press(olivia.button('Sign in'));
    await olivia.press(olivia.page.getByRole('radio', { name: 'Join as Brightwater IT' }));
    await olivia.press(olivia.page.getByRole('radio', { name: 'No, do not show them' }));
    await olivia.page.getByText('with name, role and day of the last sign-in').waitFor();
    await isRight(olivia, 'as-company');
    await olivia.press(olivia.button('Accept invitation'));
    await olivia.page.getByRole('button', { name: olivia.say('account.menu') }).waitFor();
    await olivia.page.goto('/vendors');
    await olivia.heading('Contoso').waitFor();
    await olivia.page.getByText('Contoso sees your name and country').waitFor();
    await olivia.heading('Northwind Systems').waitFor();
    await olivia.page.goto('/');
    await olivia.page.getByText('Northwind Systems').first().waitFor();
    await isRight(olivia, 'home');
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  /** A vendor beside Northwind, and its owner. */
  const aSecondVendor = async (): Promise<Person> => {
    const [vendor, programme, user] = [newId(), newId(), newId()];
    const email = 'carla@contoso.example';
    const database = portal.standalone;
    await database.asOwner(
      `INSERT INTO organisations.organisation (id, kind, name, slug, country_code, time_zone, created_at)
       VALUES ($1, 'vendor', 'Contoso', 'contoso', 'GB', 'Europe/London', now())`,
      [vendor],
    );
    await database.asOwner(
      `INSERT INTO organisations.programme (id, vendor_id, name, created_at) VALUES ($1, $2, 'Contoso partners', now())`,
      [programme, vendor],
    );
    await database.asOwner(
      `INSERT INTO identity.user_account (id, email, name, password_hash, locale, created_at)
       SELECT $1, $2, 'Carla Reyes', password_hash, 'en', now() FROM identity.user_account WHERE email = $3`,
      [user, email, OLIVIA],
    );
    await database.asOwner(
      `INSERT INTO identity.assignment (user_id, organisation_id, role, created_at) VALUES ($1, $2, 'owner', now())`,
      [user, vendor],
    );
    return Person.signIn(database.url, email, PASSWORD);
  };
});
