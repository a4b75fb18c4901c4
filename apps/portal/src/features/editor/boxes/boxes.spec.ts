import { type SlotBox, clampRect } from './box';
import { documentBoxes } from './document-boxes';
import { pictureBoxes, pictureFault } from './picture-boxes';
import { arrangedAs, type SizedFile, withOtherSizes } from './picture-sizes';

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

  it('are its slot rectangles and its layers, except inside comments', () => {
    expect(file.boxes).toMatchObject([
      { name: 'rect-1', kind: 'shape', look: { color: 'url(#g)' }, rect: { x: 0, width: 1200 } },
      { name: 'logo', kind: 'logo', look: { surface: 'dark' }, rect: { x: 76, width: 376 } },
      {
        name: 'headline',
        kind: 'text',
        look: { slot: 'headline', size: 62, max: 70, align: 'start', weight: 'regular' },
      },
      { name: 'text-4', kind: 'line', look: { copy: 'social.line' } },
    ]);
    expect(file.kinds).toEqual(['text', 'copy', 'shape']);
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
      'rect-1',
      'logo',
      'claim',
      'text-4',
    ]);
    const removed = file.remove(named(file.boxes, 'headline'))[PATH] ?? '';
    expect(removed).not.toContain('headline');
    expect(removed.split('\n')).toHaveLength(SVG.split('\n').length - 1);
    expect(after(file.remove(named(file.boxes, 'logo'))).kinds).toEqual(['logo', 'text', 'copy', 'shape']);
  });
});

const LAYERS = `<svg xmlns="http://www.w3.org/2000/svg">
	<defs><rect id="inside" width="9" height="9"/></defs>
	<rect id="ground" width='1200' height='627' fill="#fff"/> <!-- of all -->
	<image id="photo" href="images/a.jpg" x="10" y="20" width="300" height="200"/>
	<g><rect id="tc:copy:claim" x="1" y="2" width="30" height="40" data-text="{{t "posts.a.claim"}}" data-size="50"/></g>
	<circle r="4"/>
	<text x="600" y="100" text-anchor="middle" font-size="20">{{t "posts.a.line"}}</text>
</svg>
`;

describe('the layers of a picture', () => {
  const context = { group: 'posts.a', copy: () => 'Ten letters', pictures: ['images/b.png'] };
  const read = (svg: string) => pictureBoxes(PATH, svg, context);
  const file = read(LAYERS);
  const svgOf = (texts: Readonly<Record<string, string>> | null | undefined): string => texts?.[PATH] ?? '';
  const layer = (id: string, of = file) => of.boxes.find((box) => box.id === id)!;

  it('are areas, pictures, texts and drawings, from the lowest', () => {
    expect(file.boxes.map(({ id, kind }) => [id, kind])).toEqual([
      ['ground', 'shape'],
      ['photo', 'picture'],
      ['tc:copy:claim', 'copy'],
      ['circle-5', 'drawing'],
      ['text-6', 'line'],
    ]);
    expect(layer('tc:copy:claim').look).toMatchObject({ copy: 'posts.a.claim', size: 50 });
    expect(layer('text-6').rect).toMatchObject({ y: 80, x: 539.5 });
    expect(pictureFault(LAYERS)).toBeNull();
    expect(pictureFault(LAYERS.replace('</g>', ''))).toBe(5);
  });

  it('change only their own bytes', () => {
    expect(svgOf(file.look(layer('ground'), { color: '#000000', radius: 8 }))).toBe(
      LAYERS.replace('fill="#fff"/>', 'fill="#000000" rx="8"/>'),
    );
    expect(svgOf(file.look(layer('photo'), { picture: 'images/b.png', fit: 'cover' }))).toBe(
      LAYERS.replace('images/a.jpg', 'images/b.png').replace(
        'height="200"/>',
        'height="200" preserveAspectRatio="xMidYMid slice"/>',
      ),
    );
    expect(svgOf(file.place(layer('text-6'), 1, { x: 500, y: 200, width: 121, height: 24 }))).toBe(
      LAYERS.replace('x="600" y="100"', 'x="561" y="220"'),
    );
    expect(svgOf(file.remove(layer('circle-5')))).toBe(LAYERS.replace('\t<circle r="4"/>\n', ''));
    expect(svgOf(file.reorder?.(layer('photo'), 'back'))).toMatch(/<image[^]*<rect id="ground"/);
    expect(file.reorder?.(layer('ground'), 'back')).toBeNull();
    expect(file.reorder?.(layer('tc:copy:claim'), 'back')).toBeNull();
  });

  it('are opened to partners and locked again, with the same bytes elsewhere', () => {
    const opened = svgOf(file.open?.(layer('tc:copy:claim'), 'claim'));
    expect(opened).toContain(
      '<rect id="tc:text:claim" x="1" y="2" width="30" height="40" data-size="50" data-max="80"/>',
    );
    const again = read(opened);
    expect(svgOf(again.lock?.(layer('tc:text:claim', again), 'posts.a.claim'))).toBe(
      LAYERS.replace(
        ' data-text="{{t "posts.a.claim"}}" data-size="50"',
        ' data-size="50" data-text="{{t "posts.a.claim"}}"',
      ),
    );
  });

  it('keep an id that something else refers to', () => {
    const used = LAYERS.replace('<circle r="4"/>', '<use href="#photo"/>');
    expect(svgOf(read(used).rename(layer('photo', read(used)), 'picture'))).toBe(used);
  });
});

describe('the sizes of a post', () => {
  const sizes = [
    ['social/a.svg', 1200, 600],
    ['social/b.svg', 600, 1200],
  ] as const;
  const [own, other] = sizes.map(([path, width, height]) => ({
    file: pictureBoxes(path, LAYERS.replace('data-size="50"', `data-size="${width / 10}"`)),
    size: { width, height },
  })) as [SizedFile, SizedFile];
  const all = withOtherSizes(own, [other]);
  const box = (id: string) => own.file.boxes.find((one) => one.id === id)!;

  it('share what they show, and font sizes in proportion', () => {
    const texts = all.look(box('tc:copy:claim'), { color: '#123456', size: 60 });
    expect(texts['social/a.svg']).toContain('data-size="60" data-color="#123456"');
    expect(texts['social/b.svg']).toContain('data-size="30" data-color="#123456"');
    expect(Object.keys(all.remove(box('photo')))).toEqual(['social/a.svg', 'social/b.svg']);
  });

  it('have positions of their own, until they are arranged alike', () => {
    expect(Object.keys(all.place(box('photo'), 1, RECT))).toEqual(['social/a.svg']);
    expect(all.add('shape', 'bar', 1, { x: 600, y: 300, width: 120, height: 60 })['social/b.svg']).toContain(
      'x="300" y="600" width="60" height="120"',
    );
    const arranged = arrangedAs(own, [other], ({ path }, text) => pictureBoxes(path, text));
    expect(Object.keys(arranged)).toEqual(['social/b.svg']);
    expect(arranged['social/b.svg']).toContain('x="5" y="40" width="150" height="400"');
  });

  it('change alone what has no name: a number would be another layer elsewhere', () => {
    expect(Object.keys(all.remove(box('circle-5')))).toEqual(['social/a.svg']);
    expect(Object.keys(all.look(box('text-6'), { color: '#000000' }))).toEqual(['social/a.svg']);
  });

  it('may be one file', () => {
    const twice = withOtherSizes(own, [{ ...own, size: other.size }]);
    expect(twice.remove(box('photo'))).toEqual(own.file.remove(box('photo')));
  });
});

describe('a box on a page', () => {
  it('stays inside it', () => {
    const room = { width: 100, height: 50 };
    expect(clampRect({ x: -5, y: 45, width: 20, height: 10 }, room)).toEqual({ x: 0, y: 40, width: 20, height: 10 });
    expect(clampRect({ x: 10, y: 10, width: 200, height: 10 }, room)).toEqual({ x: 0, y: 10, width: 100, height: 10 });
  });
});
