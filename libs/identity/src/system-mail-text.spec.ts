import { USER_LANGUAGES } from '#contracts';
import { newId, type PartnerId, type VendorId } from '#kernel';
import type { MailLook } from '#rendering';
import { composeSystemMail } from './compose-system-mail.js';
import {
  emailChangeMail,
  partnerInvitationMail,
  passwordResetMail,
  type SecurityChange,
  securityChangeMail,
  teamInvitationMail,
  webhookDisabledMail,
} from './system-mail-text.js';
import type { SystemMailMessage } from './system-mail.service.js';

const URL = 'https://portal.example/a/b?c=1&d=2';
const CHANGES: readonly SecurityChange[] = [
  'passkey.added',
  'passkey.removed',
  'totp.turned-on',
  'totp.turned-off',
  'recovery-codes.renewed',
  'password.changed',
  'email.changed',
  'second-factor.reset',
];
const PARTNER = { vendor: { id: newId<VendorId>(), name: 'Northwind & Co' }, partner: 'Brightwater <IT>' };
const TEAM = { person: 'Bea', organisation: { id: newId<PartnerId>(), name: 'Brightwater <IT>' } };
const HOOK = { organisation: TEAM.organisation, url: 'https://hook.example' };

type Write = (reader: { email: string; name: string | null; locale: string }) => SystemMailMessage;
const MAILS: Readonly<Record<string, Write>> = {
  'invitation of a partner': (reader) => partnerInvitationMail({ ...reader, hasAccount: false }, URL, PARTNER),
  'invitation of a partner with an account': (reader) =>
    partnerInvitationMail({ ...reader, hasAccount: true }, URL, PARTNER),
  'invitation of a colleague': (reader) => teamInvitationMail({ ...reader, hasAccount: false }, URL, TEAM),
  'invitation of a colleague with an account': (reader) =>
    teamInvitationMail({ ...reader, hasAccount: true }, URL, TEAM),
  'password reset': (reader) => passwordResetMail(reader, URL),
  'change of the address': (reader) => emailChangeMail(reader, URL),
  'disabled webhook': (reader) => webhookDisabledMail(reader, URL, { ...HOOK, reason: 'gone' }),
  'failed webhook': (reader) => webhookDisabledMail(reader, URL, { ...HOOK, reason: 'failed-for-days' }),
  ...Object.fromEntries(
    CHANGES.map((change): [string, Write] => [change, (reader) => securityChangeMail(reader, URL, change)]),
  ),
};
const CASES = Object.entries(MAILS).flatMap(([kind, write]) =>
  USER_LANGUAGES.map((locale) => ({ kind, locale, mail: write({ email: 'ada@x.example', name: 'Ada', locale }) })),
);

describe('a system mail', () => {
  it.each(CASES)('$kind, $locale: greets by name, has one button, and says the same as text', ({ locale, mail }) => {
    const { subject, text, html } = mail;
    expect(html).toContain(`<html lang="${locale}"`);
    expect(html).toContain('name="viewport"');
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).toContain('href="https://portal.example/a/b?c=1&amp;d=2"');
    expect(html).toContain(locale === 'de' ? '>Guten Tag Ada,</p>' : '>Hello Ada,</p>');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(text).toContain(`:\n${URL}\n`);
    expect(text).toContain('Ada,\n');
    for (const part of [subject, text, html]) expect(part).not.toMatch(/\{\{|\}\}|undefined|\[object/);
  });

  it.each([
    ['en', 'Choose a password', 'Sign in', 'Set up your account'],
    ['de', 'Wählen Sie ein Passwort', 'Anmelden', 'Konto einrichten'],
  ])(
    'asks a person without an account for a password, and one with an account to sign in: %s',
    (locale, password, signIn, setUp) => {
      const reader = { email: 'ada@x.example', name: null, locale };
      for (const write of [partnerInvitationMail, teamInvitationMail] as const) {
        const names = { ...PARTNER, ...TEAM };
        const first = write({ ...reader, hasAccount: false }, URL, names).text;
        expect(first).toContain(password);
        expect(first).toContain(`${setUp}:\n`);
        const known = write({ ...reader, hasAccount: true }, URL, names).text;
        expect(known).not.toContain(password);
        expect(known).toContain(`${signIn}:\n`);
      }
    },
  );

  it('of a vendor carries the name of the vendor above the text and in From', () => {
    const reader = { email: 'ada@x.example', name: null, locale: 'en', hasAccount: false };
    const { senderName, html, subject } = partnerInvitationMail(reader, URL, PARTNER);
    expect(senderName).toBe('Northwind & Co via Throughline');
    expect(html).toContain('>Northwind &amp; Co</div>');
    expect(subject).toBe('Northwind & Co invites Brightwater <IT> to its partner campaigns');
    expect(html).toContain('>Northwind &amp; Co invites you to its partner campaigns</h1>');
  });

  it('of a vendor with a brand has its logo and colours, and no other picture', () => {
    const reader = { email: 'ada@x.example', name: null, locale: 'en', hasAccount: false };
    const { branding } = partnerInvitationMail(reader, URL, PARTNER);
    const colours = { primary: '#ffdd00', onPrimary: '#000000', link: '#7a6a00' };
    const html = (logo: MailLook['logo']): string => branding!.htmlIn({ colours, logo });
    expect(branding?.organisationId).toBe(PARTNER.vendor.id);
    const shown = html({ hash: 'a'.repeat(64), width: 136, height: 76, border: 8 });
    expect(shown.match(/src="[^"]*"/g)).toEqual(['src="cid:brand-logo@throughline"']);
    expect(shown).toContain('alt="Northwind &amp; Co" width="136" height="76"');
    expect(shown).toContain('#ffdd00');
    expect(shown).not.toContain('#0f766e');
    expect(html(null)).toContain('color:#7a6a00;">Northwind &amp; Co</div>');
  });

  it('makes no header and no HTML of a name', () => {
    const { subject, html } = composeSystemMail(
      { email: 'ada@x.example', name: '<i>Ada</i>', locale: 'en' },
      { language: 'en', subject: 'Hi\r\nBcc: x', paragraphs: ['a'], button: null, closing: 'c' },
    );
    expect(subject).toBe('Hi Bcc: x');
    expect(html).toContain('Hello &lt;i&gt;Ada');
  });
});
