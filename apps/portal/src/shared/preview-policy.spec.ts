import { withPolicy } from './preview-policy';

const ORIGIN = 'https://portal.example';
const POLICY =
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src https://portal.example data:; ' +
  "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">";

describe('the policy of a preview', () => {
  it.each([
    ['a document, after its doctype', '<!doctype html>', '<html lang="en"><head><title>A</title></head></html>'],
    ['an old document, after its doctype', '\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN">', '<html></html>'],
    ['a document without a doctype', '', '<html><head></head><body>A</body></html>'],
    ['a fragment', '', '<p>A</p>'],
    ['nothing', '', ''],
  ])('comes first in %s', (_, before, after) => {
    expect(withPolicy(before + after, ORIGIN)).toBe(before + POLICY + after);
  });

  it.each([
    ['a script before the doctype', '', '<script>1</script><!doctype html>'],
    ['a script in the quotes of a doctype', '<!doctype html "a>', '<script>1</script>">'],
    ['a comment that looks like a head', '', '<!-- <head> --><img src="https://elsewhere.example/a.png">'],
    // A parser treats these as text and opens the body, where a policy has no
    // effect.
    ['a mark or space that is none of HTML’s', '', '\u{feff}\u{a0}<!doctype html><p>A</p>'],
  ])('comes before %s', (_, before, after) => {
    expect(withPolicy(before + after, ORIGIN)).toBe(before + POLICY + after);
  });
});
