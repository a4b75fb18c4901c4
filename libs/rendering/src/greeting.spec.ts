import type { Locale } from '#kernel';
import { greetingOf, personName } from './greeting.js';

const person = (
  salutation: string | null,
  firstName: string | null,
  lastName: string | null,
  company: string | null,
) => ({
  salutation,
  firstName,
  lastName,
  company,
});

describe('a greeting', () => {
  it.each([
    ['de', person('Frau', 'Änne', 'Huber', null), 'Guten Tag Frau Huber,'],
    ['de-AT', person('Herr', null, 'Groß', null), 'Guten Tag Herr Groß,'],
    ['de', person('Frau Prof. Dr.', 'Anna', 'Weber', null), 'Guten Tag Frau Prof. Dr. Weber,'],
    ['de', person('Dr.', 'Karl', 'Weber', null), 'Guten Tag Dr. Weber,'],
    ['de', person('Hr. Mag.', 'Georg', 'Straßer', null), 'Guten Tag Herr Mag. Straßer,'],
    ['de', person('Frau DI Dr.', 'Eva', 'Huber', null), 'Guten Tag Frau DI Dr. Huber,'],
    ['en', person('Hr. Mag.', null, 'Straßer', null), 'Hello Mr Straßer,'],
    ['de', person('Mr', 'Karl', 'Weber', null), 'Guten Tag Herr Weber,'],
    ['de', person('Herr/Frau', 'Kim', 'Weber', null), 'Guten Tag,'],
    ['de', person(null, 'Änne', 'Huber', null), 'Guten Tag,'],
    ['de', person('Frau', 'Änne', null, null), 'Guten Tag,'],
    ['de', person(null, 'Info', null, null), 'Guten Tag,'],
    ['de', person('Herr', 'Huber', 'Metallbau GmbH', null), 'Guten Tag,'],
    ['en', person(null, 'Ada', 'Lovelace', null), 'Hello Ada,'],
    ['en', person('Ms', null, 'Lovelace', null), 'Hello Ms Lovelace,'],
    ['en', person('Frau Dr.', null, 'Weber', null), 'Hello Ms Dr. Weber,'],
    ['en', person('Prof.', null, 'Weber', null), 'Hello Prof. Weber,'],
    ['en', person(null, null, 'Lovelace', null), 'Hello,'],
    ['en', person(null, 'Sales', 'Team', null), 'Hello,'],
    ['en', person(null, 'Acme', null, 'ACME'), 'Hello,'],
    ['fr', person('Mme', 'Camille', 'Dubois', null), 'Bonjour Madame Dubois,'],
    ['fr-CA', person('M.', 'Jean', 'Martin', null), 'Bonjour Monsieur Martin,'],
    ['fr', person(null, 'Jean', 'Martin', null), 'Bonjour,'],
    ['es', person('Sra.', 'Ana', 'Pérez', null), 'Estimada Sra. Pérez:'],
    ['es', person(null, 'Ana', 'Pérez', null), 'Buenos días:'],
    ['it', person('Sig.ra', 'Anna', 'Rossi', null), 'Gentile Signora Rossi,'],
    ['it', person(null, 'Anna', 'Rossi', null), 'Buongiorno,'],
    ['nl', person('Dhr.', 'Jan', 'van den Berg', null), 'Geachte heer Van den Berg,'],
    ['nl', person(null, 'Jan', 'van den Berg', null), 'Goedendag,'],
    ['pl', person('Pan', 'Jan', 'Kowalski', null), 'Dzień dobry,'],
    ['ar', person(null, 'ليلى', null, null), 'مرحبًا ليلى،'],
    ['he', person(null, null, null, null), 'שלום,'],
    ['en', person(null, '$& $1', null, null), 'Hello,'],
  ])('in %s of %j is %s', (locale, known, expected) => {
    expect(greetingOf(known, locale as Locale)).toBe(expected);
  });

  it('is none in a language without a rule', () => {
    expect(greetingOf(person('Mr', 'Ada', 'Lovelace', null), 'eu' as Locale)).toBeNull();
  });
});

describe('a person’s name', () => {
  it.each(['Ada', 'Änne', 'D’Arcy', 'van den Berg', 'Jean-Luc', '王', 'Ng', 'Marc Tester'])('can be %s', (name) => {
    expect(personName(name, 'Engines Ltd')).toBe(name);
  });

  it.each([
    'Info',
    'info@example.com',
    'Büro 2',
    'A.',
    '-',
    ' ',
    'Sales Team',
    'N/A',
    'Müller GmbH',
    'engines ltd.',
    'Acme S.p.A.',
  ])('is not %s', (name) => expect(personName(name, 'Engines Ltd')).toBeNull());
});
