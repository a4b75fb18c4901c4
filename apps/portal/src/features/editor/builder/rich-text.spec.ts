import { MOST_TEXT, richText } from './rich-text';

const stateOf = (text: string, onTooLong: () => void = () => undefined) =>
  richText(
    text,
    { hasFormats: true, lineBreak: '<br />' },
    { label: 'Text', extensions: [], onDone: () => undefined, onTooLong },
  );

describe('the text of a block', () => {
  it('stays as it is where megabytes are pasted, and its author is told', () => {
    let told = 0;
    const before = stateOf('Hello {{recipient.firstName}}', () => (told += 1));
    const { state } = before.update({ changes: { from: 5, insert: 'x'.repeat(5_000_000) } });
    expect([state.sliceDoc(), told]).toEqual(['Hello {{recipient.firstName}}', 1]);
    expect(state.update({ changes: { from: 5, insert: ',' } }).state.sliceDoc()).toBe('Hello, {{recipient.firstName}}');
  });

  it('that is too long already can be shortened', () => {
    const { state } = stateOf('x'.repeat(MOST_TEXT + 100)).update({ changes: { from: 0, to: 10, insert: '' } });
    expect(state.doc.length).toBe(MOST_TEXT + 90);
  });
});
