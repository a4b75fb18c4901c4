import { isOptedOut, OptOutScan, type OptOutColumn } from './opt-out-columns.js';

/** Scans a column with a heading and values, beside a column of names. */
function scan(header: string, values: readonly string[], chosen: readonly number[] | null = null): OptOutColumn[] {
  const found = new OptOutScan();
  found.add(values.map((value, row) => ({ number: row + 2, cells: [`Name ${row}`, value] })));
  return found.columns(['Name', header], chosen, values.length);
}

const meanings = (columns: readonly OptOutColumn[]): Record<string, string> =>
  Object.fromEntries(columns.flatMap(({ values }) => values.map(({ value, meaning }) => [value, meaning])));

describe('a column that says who opted out', () => {
  it.each([
    ['Salesforce', 'Email Opt Out', '1', '0'],
    ['Salesforce', 'HasOptedOutOfEmail', 'true', 'false'],
    ['HubSpot', 'Unsubscribed from all email', 'true', ''],
    ['HubSpot', 'Opted out of email: Marketing Information', 'Yes', 'No'],
    ['Dynamics', 'Do not allow Bulk Emails', 'Do Not Allow', 'Allow'],
    ['Dynamics, German', 'Massen-E-Mails nicht zulassen', 'Nicht zulassen', 'Zulassen'],
    ['Dynamics', 'donotbulkemail', 'Yes', 'No'],
    ['Pipedrive', 'Person - Marketing status', 'Unsubscribed', 'Subscribed'],
    ['Zoho', 'Email Opt Out', 'true', 'false'],
    ['Mailchimp', 'Status', 'Unsubscribed', 'Subscribed'],
    ['Mailchimp', 'MEMBER_STATUS', 'cleaned', 'subscribed'],
    ['Brevo', 'BLOCKLISTED', 'true', 'false'],
    ['Brevo', 'EMAIL_BLACKLISTED', '1', '0'],
    ['ActiveCampaign', 'Subscription status', 'Unsubscribed', 'Subscribed'],
    ['CleverReach', 'Abgemeldet', 'ja', 'nein'],
    ['rapidmail', 'Status', 'abgemeldet', 'subscribed'],
    ['Shopify', 'Accepts Email Marketing', 'no', 'yes'],
    ['German', 'Newsletter', 'nein', 'ja'],
    ['German', 'Werbesperre', 'x', ''],
    ['German', 'Einwilligung E-Mail', 'Nein', 'Ja'],
    ['French', 'Désabonné', 'oui', 'non'],
    ['French', 'Consentement', 'non', 'oui'],
    ['Spanish', 'Dado de baja (baja newsletter)', 'sí', 'no'],
    ['Italian', 'Disiscritto', 'vero', 'falso'],
    ['Portuguese', 'Descadastrado', 'sim', 'não'],
    ['Dutch', 'Afgemeld', 'ja', 'nee'],
    ['Polish', 'Wypisany', 'tak', 'nie'],
    ['Czech', 'Odhlášen', 'ano', 'ne'],
    ['Swedish', 'Avregistrerad', 'ja', 'nej'],
    ['Russian', 'Отписан', 'да', 'нет'],
    ['Subscribed=false', 'Subscribed', 'false', 'true'],
    ['Other system', 'Suppressed', 'TRUE', 'FALSE'],
  ])('is known in an export of %s: %s', (_, header, out, stays) => {
    const found = meanings(scan(header, [out, stays, stays]));
    expect(found).toEqual({ [out]: 'opted-out', [stays]: 'may-be-mailed' });
  });

  it('with times has an opt-out in each filled cell', () => {
    const [column] = scan('UNSUB_TIME', ['2026-01-02 10:00:00', '', '2026-02-03 11:00:00']);
    expect(column).toMatchObject({
      hasManyValues: true,
      values: [
        { value: '*', rows: 2, meaning: 'opted-out' },
        { value: '', rows: 1, meaning: 'may-be-mailed' },
      ],
    });
  });

  it('is found where only a late row says so', () => {
    const rows = Array.from({ length: 5_000 }, (_, row) => (row === 4_999 ? 'true' : 'false'));
    expect(scan('Email Opt Out', rows)[0]?.values).toContainEqual({ value: 'true', rows: 1, meaning: 'opted-out' });
  });

  it('has values whose meaning is asked', () => {
    expect(meanings(scan('Status', ['subscribed', 'unsubscribed', 'Paused']))).toMatchObject({ Paused: 'unclear' });
    expect(meanings(scan('Subscribed', ['yes', '']))).toEqual({ yes: 'may-be-mailed', '': 'unclear' });
  });

  it.each([
    ['Status', ['Active', 'Inactive']],
    ['Lead Status', ['Open', 'Closed']],
    ['Notes', ['Met at the fair', '']],
    ['OPTIN_TIME', ['2024-01-01 10:00', '']],
    ['Company', ['Baja Boats', 'No Limits']],
  ])('is not %s with %j', (header, values) => {
    expect(scan(header, values)).toEqual([]);
  });

  it('is what the user says, and nothing else', () => {
    expect(meanings(scan('Custom 7', ['x', ''], [1]))).toEqual({ x: 'opted-out', '': 'may-be-mailed' });
    expect(scan('Email Opt Out', ['1'], [])).toEqual([]);
  });

  it('decides a row in any spelling', () => {
    expect(isOptedOut(['Ada', ' TRUE '], [{ column: 1, optedOut: ['true'] }])).toBe(true);
    expect(isOptedOut(['Ada', 'false'], [{ column: 1, optedOut: ['true'] }])).toBe(false);
    expect(isOptedOut(['Ada', '2026-01-02'], [{ column: 1, optedOut: ['*'] }])).toBe(true);
    expect(isOptedOut(['Ada', ''], [{ column: 1, optedOut: ['*'] }])).toBe(false);
    expect(isOptedOut(['Ada'], [{ column: 1, optedOut: [''] }])).toBe(true);
  });
});
