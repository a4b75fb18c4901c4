import { usedTexts } from './used-texts.js';

const CATALOGUE = {
  'welcome.title': 'Good morning',
  'welcome.hello': 'Hello {{fallback recipient.firstName (t "common.you")}}',
  'common.you': 'you',
  'proof.title': 'Proof',
};

describe('texts that a template uses', () => {
  it('are those that it names, and those that these name', () => {
    const source = '<mj-text>{{t "welcome.hello"}} {{t \'welcome.title\'}}</mj-text>';
    const used = usedTexts(CATALOGUE, [source, 'Subject']);
    expect(Object.keys(used)).toEqual(['common.you', 'welcome.hello', 'welcome.title']);
    const changed = { extra: 'first', ...CATALOGUE, 'proof.title': 'Other' };
    expect(JSON.stringify(usedTexts(changed, ['Subject', source]))).toBe(JSON.stringify(used));
  });

  it('are none for names that no catalogue has', () => {
    expect(usedTexts(CATALOGUE, ['{{t "constructor"}}{{t "nothing"}}'])).toEqual({});
    expect(usedTexts({ loop: '{{t "loop"}}' }, ['{{t "loop"}}'])).toEqual({ loop: '{{t "loop"}}' });
  });
});
