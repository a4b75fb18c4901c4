import { lockedText, openedText } from './box-texts';
import { pictureBoxes } from './picture-boxes';

const PATH = 'social/a.svg';
const BOX = '<rect id="tc:copy:claim" x="1" y="2" width="30" height="40" data-text="{{t "posts.a.claim"}}"/>';
const TEXTS = {
  'campaign.yaml': 'locales: [en, de]\nsocial: { a: { text: posts.a.text, link: page, images: {} } }\n',
  'locales/en.yaml': 'posts: { a: { claim: Ours } }\n',
  'locales/de.yaml': 'posts: { a: { claim: Unser } }\n',
  [PATH]: `<svg>${BOX}</svg>`,
};
const context = { group: 'posts.a', copy: () => '', pictures: [] };

describe('a text on a picture', () => {
  const file = pictureBoxes(PATH, TEXTS[PATH], context);
  const opened = openedText(TEXTS, file, file.boxes[0]!)!;

  it('becomes the suggestion of a slot when partners may edit it', () => {
    expect(opened.id).toBe('tc:text:claim');
    expect(opened.texts['campaign.yaml']).toMatch(/claim: \{ label: .*default: posts\.a\.claim \}/);
    expect(opened.texts[PATH]).not.toContain('data-text');
  });

  it('is locked again with the suggestion as its text, and the slot is gone', () => {
    const texts = { ...TEXTS, ...opened.texts };
    const after = pictureBoxes(PATH, texts[PATH], context);
    const locked = lockedText(texts, after, after.boxes[0]!)!;
    expect(locked.id).toBe('tc:copy:claim');
    expect(locked.texts[PATH]).toContain('data-text="{{t "posts.a.claim"}}"');
    expect(locked.texts['campaign.yaml']).not.toContain('maxChars');
    expect(locked.texts['locales/en.yaml']).toBeUndefined();
  });

  it('keeps the slot where another picture still shows it', () => {
    const texts = { ...TEXTS, ...opened.texts, 'social/b.svg': '<svg><rect id="tc:text:claim"/></svg>' };
    const after = pictureBoxes(PATH, texts[PATH], context);
    expect(lockedText(texts, after, after.boxes[0]!)?.texts['campaign.yaml']).toBeUndefined();
  });

  it('gets a placeholder in each language where partners had no suggestion', () => {
    const source = '<svg><rect id="tc:text:own" x="1" y="1" width="9" height="9"/></svg>';
    const texts = { ...TEXTS, [PATH]: source };
    const after = pictureBoxes(PATH, source, context);
    const locked = lockedText(texts, after, after.boxes[0]!)!;
    expect(locked.texts['locales/de.yaml']).toContain('[Ihr Text]');
    expect(locked.texts[PATH]).toContain('{{t "posts.a.own"}}');
  });
});
