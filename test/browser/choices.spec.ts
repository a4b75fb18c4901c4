import { violations } from '../support/axe.js';
import { englishOn } from './english.js';
import { Portal } from './portal.js';

describe('what a partner chooses for a launch', () => {
  let portal: Portal;
  beforeAll(async () => {
    portal = await Portal.open();
  });
  afterAll(() => portal.close());

  it('move as a partner chooses, where the vendor leaves it open, and stand so once it runs', async () => {
    const olivia = await portal.signIn('olivia@brightwater.example');
    await olivia.press(olivia.link('Review Cloud cost clarity'));
    const calendar = olivia.page.getByRole('region', { name: 'Schedule' });
    const step = (name: string) => calendar.getByText(name, { exact: true }).locator('xpath=../..');
    await olivia.press(calendar.getByRole('button', { name: 'Change dates' }));
    await step('E-mail 1').getByText('Your vendor has fixed this step and its date.').waitFor();
    expect(await step('E-mail 1').getByRole('textbox').count()).toBe(0);
    await step('E-mail 2').getByText('You can move this step, but not skip it.').waitFor();

    const later = calendar.getByRole('textbox', { name: 'Delay in days: E-mail 2' });
    await later.fill('7');
    await step('E-mail 2').getByText('Moved 7 days later by you').waitFor();
    await step('E-mail 2')
      .getByText(/^instead of /)
      .waitFor();
    // What follows moves along.
    await step('E-mail 3')
      .getByText(/^instead of /)
      .waitFor();
    await calendar.getByRole('checkbox', { name: 'Skip: E-mail 4' }).check();
    await step('E-mail 4').getByText('Skipped by you').waitFor();
    // Wherever a date stands, it is the same.
    const emails = olivia.page.getByRole('combobox', { name: 'E-mail', exact: true }).getByRole('option');
    await emails.getByText('4 · Skipped by you').waitFor({ state: 'attached' });
    const second = await step('E-mail 2')
      .getByText(/, \d\d:\d\d$/)
      .first()
      .textContent();
    const [, day] = /^(?:instead of )?(.+), \d\d:\d\d$/.exec(second ?? '') ?? [];
    await emails.getByText(`2 · ${day}`, { exact: true }).waitFor({ state: 'attached' });
    await olivia.page.getByRole('region', { name: 'Goals' }).getByText('Fills in the form').waitFor();
    await olivia.picture('review-choices-made');

    const leads = olivia.page.getByRole('region', { name: 'Lead rules' });
    await leads.getByText('Contacts with 2 clicks on any link of the campaign within 14 days').waitFor();
    const quiet = 'Accepted leads without activity: the same reminders, after seven times as long.';
    await leads.getByText(quiet).waitFor();
    await olivia.press(leads.getByRole('button', { name: 'Change lead rules' }));
    await leads.getByLabel('Clicks', { exact: true }).fill('1');
    await olivia.press(leads.getByRole('button', { name: 'Save rules' }));
    await leads.getByText('The vendor requires 2 clicks').waitFor();
    expect(await violations(olivia.page)).toEqual([]);
    await leads.getByLabel('Clicks', { exact: true }).fill('3');
    await leads.getByLabel('Reminder after (hours)').fill('4');
    await olivia.picture('review-lead-rule');
    await olivia.press(leads.getByRole('button', { name: 'Save rules' }));
    await leads.getByText('Contacts with 3 clicks').waitFor();
    await leads.getByText('Not accepted after 4 hours: reminder.').waitFor();

    await olivia.press(olivia.button('See who gets which e-mail and when'));
    const dialog = olivia.page.getByRole('dialog');
    await dialog.getByRole('region', { name: 'By step' }).waitFor();
    await olivia.press(dialog.getByRole('button', { name: 'Close' }));
    await dialog.waitFor({ state: 'hidden' });

    await olivia.page.getByText(/First e-mails: /).waitFor();
    await olivia.press(olivia.button('Launch'));
    await olivia.page.waitForURL(/\/activations\/[0-9a-f-]+$/);
    await olivia.page.getByRole('alert').getByText(olivia.say('launch.done')).waitFor();
    await step('E-mail 2').getByText('Moved 7 days later by you').waitFor();
    await step('E-mail 4').getByText('Skipped by you').waitFor();
    await olivia.page
      .getByRole('region', { name: 'Goals' })
      .getByText(/^0 of \d+$/)
      .waitFor();
    await leads.getByText('Contacts with 3 clicks').waitFor();
    await leads.getByText('Not accepted after 4 hours: reminder.').waitFor();
    // A stricter rule reminds sooner of those who were taken up, too: the line
    // stands below it.
    await leads.getByText(quiet).waitFor();
    await leads.getByText(/^Changed .* by Olivia/).waitFor();
    await olivia.picture('activation-calendar');
    expect(olivia.errors).toEqual([]);
    await olivia.leave();
  });

  it('stand beside words that are refused in German, each with its way out', async () => {
    const jonas = await portal.signIn('jonas@kessler.example', { language: 'de' });
    const { page } = jonas;
    await jonas.press(jonas.link('Zero Trust am Netzrand ansehen'));
    const leads = page.getByRole('region', { name: 'Lead-Regeln' });
    await leads
      .getByText('Angenommene Leads ohne Aktivität: dieselben Erinnerungen nach der siebenfachen Zeit.')
      .waitFor();
    const words = jonas.field('Persönliche Einleitung');
    const refusals = page.getByRole('alert').filter({ hasText: 'sind in der Kampagne nicht erlaubt' });
    // Latin letters with one that is Cyrillic; a direction that is turned; an
    // address.
    const refused = [
      [
        'Wir pr\u00fcfen Ihr N\u0435tz',
        /Das Wort „N\u0435tz“ mischt Buchstaben verschiedener Schriften\. Tippen Sie es/,
      ],
      [
        'Wir pr\u00fcfen \u202eIhr Netz',
        /An Stelle 12 .* die Schreibrichtung ändert \(U\+202E\)\. Löschen Sie es dort/,
      ],
    ] as const;
    for (const [text, sentence] of refused) {
      await words.fill(text);
      await refusals.getByText(sentence).waitFor();
      expect(await englishOn(page)).toEqual([]);
      expect(await violations(page)).toEqual([]);
    }
    await jonas.picture('review-refused-german');
    await jonas.press(jonas.button('Starten'));
    await refusals
      .nth(1)
      .getByText(/die Schreibrichtung ändert/)
      .waitFor();
    await jonas.picture('launch-refused-german');
    expect(new URL(page.url()).pathname).toMatch(/^\/offers\//);
    await words.fill('Wir prüfen Ihr Netz, kostenlos.');
    // The e-mail is shown again; what the launch was refused for stands until
    // it is tried once more.
    await refusals.nth(1).waitFor({ state: 'detached' });
    expect(jonas.errors).toEqual([]);
    await jonas.leave();
  });
});
