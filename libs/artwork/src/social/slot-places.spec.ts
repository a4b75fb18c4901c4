import sharp from 'sharp';
import { composeSocial, prepareSocial, slotsOnPicture } from '../index.js';

const NS = 'xmlns="http://www.w3.org/2000/svg"';
/** A white plate, and a slot at the same place in the same coordinates. */
const plate = (x: string, y: string, width: string, height: string, more = ''): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#fff" ${more}/><rect id="tc:logo" x="${x}" y="${y}" width="${width}" height="${height}" ${more}/>`;
const source = (root: string, inner: string) => ({
  file: 'social/a.svg',
  svg: `<svg ${NS} ${root}><rect x="-9000" y="-9000" width="20000" height="20000" fill="#0b1f3a"/>${inner}</svg>`,
  width: 1080,
  height: 1080,
  texts: {},
  catalogueFile: 'locales/en.yaml',
  images: {},
});
const red = () =>
  sharp({ create: { width: 400, height: 150, channels: 4, background: '#e11111' } })
    .png()
    .toBuffer();

/** The bounds of pixels of a kind: left, top, right, bottom. */
async function boundsOf(jpeg: Buffer, isOne: (red: number, green: number) => boolean): Promise<number[]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const bounds = [info.width, info.height, -1, -1] as [number, number, number, number];
  for (let at = 0; at < info.width * info.height; at++) {
    if (!isOne(data[at * 3] ?? 0, data[at * 3 + 1] ?? 0)) continue;
    const [x, y] = [at % info.width, Math.floor(at / info.width)];
    bounds[0] = Math.min(bounds[0], x);
    bounds[1] = Math.min(bounds[1], y);
    bounds[2] = Math.max(bounds[2], x);
    bounds[3] = Math.max(bounds[3], y);
  }
  return bounds;
}

const problemsOf = async (root: string, inner: string): Promise<string[]> => {
  const prepared = await prepareSocial(source(root, inner));
  return prepared.ok ? [] : prepared.problems.map(({ code }) => code);
};

describe('a slot of a post stands where its rectangle is drawn', () => {
  const SIZE = 'width="1080" height="1080"';
  it.each([
    ['as it is', `${SIZE} viewBox="0 0 1080 1080"`, plate('600', '700', '400', '150')],
    ['in a moved group', SIZE, `<g transform="translate(600 700)">${plate('0', '0', '400', '150')}</g>`],
    [
      'in groups within groups',
      SIZE,
      `<g transform="translate(100,200) scale(2)"><g transform="matrix(1 0 0 1 250 250)">${plate('0', '0', '200', '75')}</g></g>`,
    ],
    ['with a transform of its own', SIZE, plate('0', '0', '200', '75', 'transform="translate(600 700) scale(2 2)"')],
    [
      'with a transform in its style',
      SIZE,
      `<g style="transform: translate(600px, 700px)">${plate('0', '0', '400', '150')}</g>`,
    ],
    ['half as large', `${SIZE} viewBox="0 0 540 540"`, plate('300', '350', '200', '75')],
    ['from another origin', `${SIZE} viewBox="-100 -100 1080 1080"`, plate('500', '600', '400', '150')],
    [
      'in mm',
      'width="285.75mm" height="285.75mm" viewBox="0 0 285.75 285.75"',
      plate('158.75', '185.2083', '105.8333', '39.6875'),
    ],
    [
      'in mm without a viewBox',
      'width="285.75mm" height="285.75mm"',
      plate('158.75mm', '185.2083mm', '105.8333mm', '39.6875mm'),
    ],
    ['without a size', 'viewBox="0 0 2160 2160"', plate('1200', '1400', '800', '300')],
    ['in per cent', SIZE, plate('55.5556%', '64.8148%', '37.037%', '13.8889%')],
    [
      'in an SVG within it',
      SIZE,
      `<svg x="540" y="540" width="540" height="540" viewBox="0 0 270 270">${plate('30', '80', '200', '75')}</svg>`,
    ],
    ['in a view box of another shape', `${SIZE} viewBox="0 0 1080 540"`, plate('600', '430', '400', '100')],
  ])('%s', async (_, root, inner) => {
    const prepared = await prepareSocial(source(root, inner));
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const logo = await red();
    const empty = await sharp({ create: { width: 4, height: 2, channels: 4, background: '#00000000' } })
      .png()
      .toBuffer();
    const [without, composed] = [
      await composeSocial(prepared.prepared, { logos: { light: empty, dark: empty }, texts: {} }),
      await composeSocial(prepared.prepared, { logos: { light: logo, dark: logo }, texts: {} }),
    ];
    if (!without.ok || !composed.ok) throw new Error('refused');
    const white = await boundsOf(without.jpeg, (red, green) => red > 200 && green > 200);
    const logoAt = await boundsOf(composed.jpeg, (red, green) => red > 150 && green < 90);
    expect(white[2]).toBeGreaterThan(0);
    const [left = 0, top = 0, right = 0, bottom = 0] = logoAt.map((value, side) =>
      Math.abs(value - (white[side] ?? 0)),
    );
    // A logo of another shape fills its box in one direction.
    expect(Math.min(left + right, top + bottom)).toBeLessThanOrEqual(4);
    expect(logoAt[0]).toBeGreaterThanOrEqual((white[0] ?? 0) - 1);
    expect(logoAt[3]).toBeLessThanOrEqual((white[3] ?? 0) + 1);
  });

  it('scales its letters with it', async () => {
    const texts =
      '<g transform="scale(2)"><rect id="tc:text:headline" x="10" y="10" width="300" height="100" data-size="24"/></g>';
    const prepared = await prepareSocial(source(SIZE, plate('600', '700', '400', '150') + texts));
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    expect(slotsOnPicture(prepared.prepared).slots).toEqual([
      { slot: 'headline', box: { x: 20, y: 20, width: 600, height: 200 } },
    ]);
    expect(prepared.prepared.toString('latin1')).toContain('"size":48');
  });

  it.each([
    ['left', 0],
    ['center', 125],
    ['right', 250],
  ])('has a narrow logo on its %s', async (align, shift) => {
    const box = `<rect id="tc:logo" x="600" y="700" width="400" height="150" data-align="${align}"/>`;
    const prepared = await prepareSocial(source(SIZE, box));
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const square = await sharp({ create: { width: 150, height: 150, channels: 4, background: '#e11111' } })
      .png()
      .toBuffer();
    const composed = await composeSocial(prepared.prepared, { logos: { light: square, dark: square }, texts: {} });
    if (!composed.ok) throw new Error('refused');
    const [left = 0] = await boundsOf(composed.jpeg, (red, green) => red > 150 && green < 90);
    expect(Math.abs(left - 600 - shift)).toBeLessThanOrEqual(2);
  });

  it('is refused where it has no upright place on the picture', async () => {
    expect(await problemsOf(SIZE, `<g transform="rotate(20)">${plate('600', '10', '100', '50')}</g>`)).toContain(
      'slot-place',
    );
    expect(await problemsOf(SIZE, `<defs>${plate('600', '10', '100', '50')}</defs>`)).toContain('slot-place');
    expect(await problemsOf(SIZE, `<g transform="translate(900 0)">${plate('600', '10', '100', '50')}</g>`)).toContain(
      'slot-outside',
    );
    expect(await problemsOf(SIZE, `<g transform="move(1)">${plate('600', '10', '100', '50')}</g>`)).toContain(
      'svg-refused',
    );
  });
});
