import type { OrganisationId } from '#kernel';
import { onboardingLetter } from './onboarding-letter.js';

const READER = { email: 'olivia@brightwater.example', name: 'Olivia', locale: 'en', region: null, countryCode: null };
const ABOUT = { vendor: { id: '' as OrganisationId, name: 'Northwind' }, partner: 'Brightwater' } as const;
const textOf = (openSteps: Parameters<typeof onboardingLetter>[2]['openSteps'], locale = 'en'): string =>
  onboardingLetter({ ...READER, locale }, 'https://portal.example', { ...ABOUT, openSteps }).text;

describe('a reminder of the first launch', () => {
  it('lists the open steps in their order, and leads to the first', () => {
    const text = textOf(['contacts', 'terms', 'launch']);
    expect(text).toContain('3 steps are left:');
    expect(text).toContain('2: Read and accept the programme terms of Northwind');
    expect(text).toContain('Import contacts:\nhttps://portal.example/contacts/import');
  });

  it('names a single step in the sentence', () => {
    const text = textOf(['launch']).replace(/\s+/g, ' ');
    expect(text).toContain('One step is left: Choose a campaign, look at it in your brand, and launch it.');
    expect(text).not.toContain('1:');
    expect(textOf(['launch'], 'de').replace(/\s+/g, ' ')).toContain('Ein Schritt fehlt noch: Eine Kampagne wählen');
  });
});
