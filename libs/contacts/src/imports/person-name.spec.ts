import { isPlaceholder } from './placeholder.js';
import { splitName, withoutTitles } from './person-name.js';

describe('a whole name', () => {
  it.each([
    ['Ada King Lovelace', '', 'Ada King', 'Lovelace'],
    ['Lovelace, Ada', '', 'Ada', 'Lovelace'],
    ['Ada', '', 'Ada', ''],
    ['Jane Smith, PhD', '', 'Jane', 'Smith'],
    ['Smith, Jane, MBA', '', 'Jane', 'Smith'],
    ['Oda Paus Jr.', '', 'Oda', 'Paus'],
    ['Yo-Yo Ma', '', 'Yo-Yo', 'Ma'],
    ['Dr. Karl Weber', 'Dr.', 'Karl', 'Weber'],
    ['Frau Dr. Anna Weber', 'Frau Dr.', 'Anna', 'Weber'],
    ['Prof. Dr. h.c. Max Planck', 'Prof. Dr. h.c.', 'Max', 'Planck'],
    ['Herr Müller', 'Herr', '', 'Müller'],
    ['Mr & Mrs Smith', 'Mr & Mrs', '', 'Smith'],
    ['M. Jean Dupont', 'M.', 'Jean', 'Dupont'],
    ['Don Draper', '', 'Don', 'Draper'],
    ['Ludwig van der Rohe', '', 'Ludwig', 'van der Rohe'],
    ['Maria de la Cruz', '', 'Maria', 'de la Cruz'],
    ['van der Berg, Piet', '', 'Piet', 'van der Berg'],
    ['DUPONT Marie', '', 'Marie', 'DUPONT'],
    ['JANE SMITH', '', 'JANE', 'SMITH'],
    ['山田 太郎', '', '太郎', '山田'],
    ['Nils Olsen (nils@example.com)', '', 'Nils', 'Olsen'],
  ])('%s has its parts', (name, salutation, firstName, lastName) => {
    expect(splitName(name)).toEqual({ salutation, firstName, lastName });
  });

  it.each([
    ['Smith, PhD', 'Smith'],
    ['Dr. Anna', 'Anna'],
    ['van der Rohe', 'van der Rohe'],
    ['Ma', 'Ma'],
    ['Jr', 'Jr'],
  ])('in a column of its own: %s is %s', (cell, name) => {
    expect(withoutTitles(cell)).toBe(name);
  });
});

describe('a cell that says that it is empty', () => {
  it.each(
    '#N/A|#NAME?|#REF!|NULL|null|n/a|N.A.|[not provided]|-|--|…|?|unknown|Unbekannt|k. A.|keine Angabe|test|TBD|none|(null)|undefined|inconnu|desconocido|onbekend|brak|неизвестно|不明|xxx|not specified'.split(
      '|',
    ),
  )('%s', (cell) => {
    expect(isPlaceholder(cell, 'firstName')).toBe(true);
  });

  it.each([
    ['Null', 'lastName'],
    ['Na', 'lastName'],
    ['Nan', 'lastName'],
    ['X Æ', 'firstName'],
    ['Non', 'firstName'],
    ['Testa', 'lastName'],
    ['3M', 'company'],
    ['Unknown Pleasures Ltd', 'company'],
  ] as const)('is not %s as %s', (cell, field) => {
    expect(isPlaceholder(cell, field)).toBe(false);
  });
});
