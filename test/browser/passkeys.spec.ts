import { Secret, TOTP } from 'otpauth';
import { violations } from '../support/axe.js';
import type { Portal, Visitor } from './portal.js';
import { sharedPortal } from './shared-portal.js';
import { screenProblems } from './screen-problems.js';

const OLIVIA = 'olivia@brightwater.example';
const JONAS = 'jonas@kessler.example';
const PASSWORD = 'northwind demo';

/**
 * Chromium's own authenticator, without a device: it keeps passkeys, verifies
 * its user, and answers at once (Chrome DevTools Protocol, WebAuthn).
 */
async function withAuthenticator({ page }: Visitor): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

describe('a person’s sign-in', () => {
  const shared = sharedPortal();
  let portal: Portal;
  beforeAll(async () => {
    portal = await shared.open();
  });
  afterAll(() => shared.close());

  const signOut = async (visitor: Visitor): Promise<void> => {
    await visitor.press(visitor.page.getByRole('button', { name: visitor.say('account.menu') }));
    await visitor.press(visitor.page.getByRole('menuitem', { name: 'Sign out' }));
    // The account page has an e-mail address, too.
    await visitor.button('Sign in').waitFor();
  };
  const openSecurity = async (visitor: Visitor): Promise<void> => {
    await visitor.press(visitor.page.getByRole('button', { name: visitor.say('account.menu') }));
    await visitor.press(visitor.page.getByRole('menuitem', { name: 'Sign-in and security' }));
    await visitor.heading('Where you are signed in').waitFor();
  };

  it('is by a passkey that was added, on a telephone, without a password', async () => {
    const olivia = await portal.visit('/', { width: 390 });
    await withAuthenticator(olivia);
    await olivia.signIn(OLIVIA, PASSWORD);
    await openSecurity(olivia);
    await olivia.field('Name of the new passkey').fill('Telephone');
    await olivia.press(olivia.button('Add a passkey'));
    await olivia.page.getByText('Not used yet').waitFor();
    expect(await screenProblems(olivia)).toEqual([]);
    await olivia.page.setViewportSize({ width: 390, height: 844 });
    await signOut(olivia);
    await olivia.press(olivia.button('Sign in with a passkey'));
    await olivia.page.getByRole('button', { name: olivia.say('account.menu') }).waitFor();
    await openSecurity(olivia);
    await olivia.page.getByText(/Last used/).waitFor();

    await olivia.press(olivia.button('Remove'));
    const sure = olivia.page.getByRole('dialog', { name: 'Remove Telephone?' });
    await olivia.press(sure.getByRole('button', { name: 'Remove' }));
    await olivia.page.getByText('No passkeys yet.').waitFor();
    await signOut(olivia);
    await olivia.press(olivia.button('Sign in with a passkey'));
    await olivia.page.getByText('The passkey was not accepted').waitFor();
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('asks for the code of an authenticator app, and confirms again before a key is created', async () => {
    const jonas = await portal.signIn(JONAS);
    await openSecurity(jonas);
    await jonas.press(jonas.button('Set up an authenticator app'));
    await jonas.page.getByAltText('QR code for the authenticator app').waitFor();
    expect(await screenProblems(jonas)).toEqual([]);
    const secret = Secret.fromBase32((await jonas.page.locator('code').first().textContent()) ?? '');
    const codeIn = (steps: number) => new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
    await jonas.field('Code of the app').fill(codeIn(-1));
    await jonas.press(jonas.button('Turn on'));
    const codes = jonas.page.getByRole('dialog', { name: 'Recovery codes' });
    const [recovery = ''] = ((await codes.locator('pre, code').first().textContent()) ?? '').split('\n');
    await jonas.press(codes.getByRole('button', { name: 'I have stored the codes' }));
    await jonas.page.getByText('10 recovery codes are left.').waitFor();

    await signOut(jonas);
    await jonas.field('E-mail address').fill(JONAS);
    await jonas.field('Password').fill(PASSWORD);
    await jonas.press(jonas.button('Sign in'));
    await jonas.field('Code').fill('000000');
    await jonas.press(jonas.button('Sign in'));
    await jonas.page.getByText('The code is wrong, or was used already.').waitFor();
    await jonas.field('Code').fill(codeIn(0));
    await jonas.press(jonas.button('Sign in'));
    await jonas.page.getByRole('button', { name: jonas.say('account.menu') }).waitFor();

    // As ten minutes later: the API asks for a confirmation once.
    let asked = 0;
    await jonas.page.route('**/api/v1/api-keys', async (route) => {
      if (route.request().method() !== 'POST' || asked > 0) return route.continue();
      asked += 1;
      return route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: '', title: '', status: 403, code: 'confirmation.required', detail: '' }),
      });
    });
    await jonas.press(jonas.link('Settings'));
    await jonas.press(jonas.link('API keys'));
    await jonas.field('What it is for').fill('CI');
    await jonas.press(jonas.button('Create a key'));
    const dialog = jonas.page.getByRole('dialog', { name: 'Confirm that it is you' });
    await dialog.getByText('Code of the app').waitFor();
    const found: string[] = [];
    for (const colorScheme of ['dark', 'light'] as const) {
      await jonas.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await jonas.page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
      found.push(...(await violations(jonas.page)).map((violation) => `${colorScheme}: ${violation}`));
    }
    await jonas.press(dialog.getByText('Code of the app'));
    found.push(...(await violations(jonas.page)).map((violation) => `code: ${violation}`));
    expect(found).toEqual([]);
    await dialog.getByLabel(/^Code/).last().fill(recovery);
    await jonas.press(dialog.getByRole('button', { name: 'Confirm', exact: true }));
    await jonas.page.getByText('Copy the key now.').waitFor();
    expect(jonas.errors).toEqual([]);
    await jonas.leave();
  });
});
