import { type SlotBox, clampRect } from './box';
import { documentBoxes } from './document-boxes';
import { pictureBoxes } from './picture-boxes';

const YAML = `# The autumn campaign
links: { page: { page: landing } }
documents:
  brochure:
    source: documents/brochure.pdf
    title: brochure.title
    slots:
      logo: { kind: logo, surface: light } # on white
      cta: { kind: link, link: page, box: { page: 2, x: 412, y: 104, width: 140, height: 26 } }
      lost: { kind: text, slot: offer, size: 11 }
`;
const MARKS = [
  { name: 'logo', page: 1, rect: { x: 40, y: 700, width: 120, height: 40 } },
  { name: 'logo', page: 2, rect: { x: 40, y: 700, width: 120, height: 40 } },
];
const RECT = { x: 10, y: 20, width: 30, height: 40 };
const ofDocument = (yaml: string) => documentBoxes(yaml, 'brochure', MARKS)!;
const named = (boxes: readonly SlotBox[], name: string) => boxes.find((box) => box.name === name)!;
const written = (texts: Readonly<Record<string, string>>) => texts['campaign.yaml'] ?? '';

describe('the boxes of a document', () => {
  it('come from campaign.yaml, from marks of the PDF, and from entries without a position', () => {
    expect(ofDocument(YAML).boxes.map(({ id, kind, page, rect, origin }) => [id, kind, page, rect?.x, origin])).toEqual(
      [
        ['logo', 'logo', 1, 40, 'mark'],
        ['logo 2', 'logo', 2, 40, 'mark'],
        ['cta', 'link', 2, 412, 'written'],
        ['lost', 'text', 1, undefined, 'written'],
      ],
    );
    expect(documentBoxes('documents: [', 'brochure', [])).toBeNull();
  });

  it('are written to campaign.yaml when moved, and fall back to the mark of the PDF when removed', () => {
    const file = ofDocument(YAML);
    const moved = written(file.place(named(file.boxes, 'logo'), 2, RECT));
    expect(moved).toContain('# on white');
    const after = ofDocument(moved);
    expect(after.boxes.filter(({ name }) => name === 'logo')).toMatchObject([
      { page: 2, rect: RECT, origin: 'written', hasMark: true },
    ]);
    const back = written(after.remove(named(after.boxes, 'logo')));
    expect(ofDocument(back).boxes[0]).toMatchObject({ origin: 'mark', page: 1 });
    const gone = ofDocument(written(file.remove(named(file.boxes, 'cta'))));
    expect(gone.boxes.map(({ name }) => name)).not.toContain('cta');
  });

  it('are added with defaults of their kind, renamed and restyled', () => {
    const file = ofDocument(YAML);
    const added = ofDocument(written(file.add('qr', 'qr', 1, RECT)));
    expect(named(added.boxes, 'qr')).toMatchObject({ kind: 'qr', look: { link: 'page' }, rect: RECT });
    const renamed = ofDocument(written(file.rename(named(file.boxes, 'lost'), 'found')));
    expect(renamed.boxes.map(({ name }) => name)).toEqual(['logo', 'logo', 'cta', 'found']);
    const looked = ofDocument(written(file.look(named(file.boxes, 'lost'), { color: '#ff0000', align: 'end' })));
    expect(named(looked.boxes, 'lost').look).toMatchObject({ slot: 'offer', size: 11, color: '#ff0000', align: 'end' });
  });
});

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="627">
  <!-- <rect id="tc:text:old" x="1" y="1" width="9" height="9"/> -->
  <rect width="1200" height="627" fill="url(#g)"/>
  <rect id="tc:logo" x="76" y="74" width="376" height="98" data-surface="dark"/>
  <rect id="tc:text:headline" x="60" y="225" width="864" height="213" data-max="70" data-size="62" data-align="left"></rect>
  <text>{{t "social.line"}}</text>
</svg>
`;
const PATH = 'social/a.svg';

describe('the boxes of a picture', () => {
  const file = pictureBoxes(PATH, SVG);
  const after = (texts: Readonly<Record<string, string>>) => pictureBoxes(PATH, texts[PATH] ?? '');

  it('are its slot rectangles, except inside comments', () => {
    expect(file.boxes).toMatchObject([
      { name: 'logo', kind: 'logo', look: { surface: 'dark' }, rect: { x: 76, width: 376 } },
      {
        name: 'headline',
        kind: 'text',
        look: { slot: 'headline', size: 62, max: 70, align: 'start', weight: 'regular' },
      },
    ]);
    expect(file.kinds).toEqual(['text']);
  });

  it('change position and style, without other changes to the file', () => {
    const moved = file.place(named(file.boxes, 'headline'), 1, RECT)[PATH] ?? '';
    expect(moved).toBe(SVG.replace('x="60" y="225" width="864" height="213"', 'x="10" y="20" width="30" height="40"'));
    const looked = file.look(named(file.boxes, 'headline'), { align: 'end', weight: 'bold' })[PATH] ?? '';
    expect(looked).toBe(SVG.replace('data-align="left"', 'data-align="end" data-weight="bold"'));
  });

  it('are added, renamed and removed', () => {
    const added = after(file.add('text', 'offer', 1, RECT));
    expect(named(added.boxes, 'offer').rect).toEqual(RECT);
    expect(after(file.rename(named(file.boxes, 'headline'), 'claim')).boxes.map(({ name }) => name)).toEqual([
      'logo',
      'claim',
    ]);
    const removed = file.remove(named(file.boxes, 'headline'))[PATH] ?? '';
    expect(removed).not.toContain('headline');
    expect(removed.split('\n')).toHaveLength(SVG.split('\n').length - 1);
    expect(after(file.remove(named(file.boxes, 'logo'))).kinds).toEqual(['logo', 'text']);
  });
});

describe('a box on a page', () => {
  it('stays inside it', () => {
    const room = { width: 100, height: 50 };
    expect(clampRect({ x: -5, y: 45, width: 20, height: 10 }, room)).toEqual({ x: 0, y: 40, width: 20, height: 10 });
    expect(clampRect({ x: 10, y: 10, width: 200, height: 10 }, room)).toEqual({ x: 0, y: 10, width: 100, height: 10 });
  });
});
