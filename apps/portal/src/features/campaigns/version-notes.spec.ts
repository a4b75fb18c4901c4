import { holdingBack } from './version-notes';

const note = (code: string, message = 'A text') => ({
  code,
  file: 'locales/de.yaml',
  line: 3,
  column: null,
  message,
  remedy: 'Change it',
});

const codesOf = (version: Parameters<typeof holdingBack>[0]): string[] => holdingBack(version).map(({ code }) => code);

describe('what holds back the submission of a draft', () => {
  it('is what must be corrected and what must be confirmed, no suggestion', () => {
    const warnings = ['text-placeholder', 'text-untranslated', 'preheader-short', 'file-from-template'].map((code) =>
      note(code),
    );
    expect(codesOf({ warnings, confirmations: [] })).toEqual([
      'text-placeholder',
      'text-untranslated',
      'file-from-template',
    ]);
  });

  it('ends with the confirmation of the same text, but not of another one', () => {
    const confirmed = { code: 'text-untranslated', file: 'locales/de.yaml', at: '2026-11-26T10:00:00Z', by: 'Maya' };
    const version = { warnings: [note('text-untranslated')], confirmations: [{ ...confirmed, message: 'A text' }] };
    expect(codesOf(version)).toEqual([]);
    expect(codesOf({ ...version, confirmations: [{ ...confirmed, message: 'Another text' }] })).toHaveLength(1);
  });

  it('cannot be confirmed away where it must be corrected', () => {
    const confirmation = { code: 'text-placeholder', file: 'locales/de.yaml', message: 'A text', at: '', by: 'Maya' };
    expect(codesOf({ warnings: [note('text-placeholder')], confirmations: [confirmation] })).toHaveLength(1);
  });
});
