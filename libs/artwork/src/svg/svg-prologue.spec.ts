import { beginsLikeSvg, doctypeAt, withoutComments } from './svg-prologue.js';

const timeOf = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

describe('the start of an SVG file', () => {
  it.each([
    ['<svg/>', false],
    ['<svg>', true],
    ['\uFEFF <svg xmlns="x">', true],
    ['<?xml version="1.0"?>\n<!-- Drawn by hand --><svg >', true],
    ['<!DOCTYPE svg PUBLIC "a" "b"><!-- a --><!-- b --><SVG\n>', true],
    ['<!DOCTYPE svg [ <!ENTITY a "b"> ] ><svg>', true],
    ['<!-- <svg> -->', false],
    ['<!-- <svg>', false],
    ['<?xml <svg>', false],
    ['<!DOCTYPE svg [<svg>', false],
    ['<html><svg>', false],
    ['', false],
  ])('is recognised in %j: %s', (text, expected) => {
    expect(beginsLikeSvg(text)).toBe(expected);
  });

  it.each([
    ['comments', `${'<!---->'.repeat(585)}x`],
    ['open comments', '<!--'.repeat(1000)],
    ['document types', '<!DOCTYPE a [b] >'.repeat(240)],
  ])('is decided at once for many %s', (_, text) => {
    expect(timeOf(() => expect(beginsLikeSvg(text)).toBe(false))).toBeLessThan(50);
  });
});

describe('a document type', () => {
  it('has a text and a subset', () => {
    expect(doctypeAt('a<!DOCTYPE svg [ x ]  >b', 1)).toEqual({ text: '<!DOCTYPE svg [ x ]  >', subset: ' x ' });
    expect(doctypeAt('<!DOCTYPE svg>[', 0)).toEqual({ text: '<!DOCTYPE svg>', subset: '' });
    expect(doctypeAt('<!DOCTYPE svg [ x ] y>', 0)).toBeNull();
  });
});

describe('comments', () => {
  it('are removed, except one that does not end', () => {
    expect(withoutComments('a<!-- b -->c<!---->d<!-- e')).toBe('acd<!-- e');
  });

  it('are removed in linear time', () => {
    expect(timeOf(() => withoutComments('<!--'.repeat(125_000)))).toBeLessThan(200);
  });
});
