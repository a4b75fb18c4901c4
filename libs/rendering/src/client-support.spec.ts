import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '#kernel';
import { supportFile } from '../../../scripts/client-support.mjs';
import { unsupportedCss } from './client-support.js';

describe('what mail clients show', () => {
  it('is what caniemail says', async () => {
    expect(readFileSync(join(packageRoot(), 'libs/rendering/src/client-support.data.ts'), 'utf8')).toBe(
      await supportFile(),
    );
  });

  it.each([
    ['display: flex; gap: 3px', ['display:flex', 'gap']],
    ['width: calc(100% - 20px)', ['calc()']],
    ['margin-inline-start: 2rem', ['margin-inline-start', 'rem']],
    ['background: linear-gradient(red, blue)', ['linear-gradient()']],
    ['color: #14213d; padding: 10px; font-weight: bold; display: block', []],
    ['border-radius: 4px; box-shadow: 0 0 2px red', []],
  ])('%s is told of by what does nothing', (style, features) => {
    const told = unsupportedCss(style, 'declarationList').map(({ message }) => message.split(' has no effect in ')[0]);
    expect(told).toEqual(features);
  });

  it('names the clients, and the place', () => {
    const [problem] = unsupportedCss('.a { color: red;\n  float: left; }', 'stylesheet');
    expect(problem).toEqual({ offset: 19, message: 'float has no effect in Outlook (Windows).' });
  });

  it('is not told of what a media query adds', () => {
    expect(unsupportedCss('@media (min-width: 480px) { .a { display: grid; } }', 'stylesheet')).toEqual([]);
  });
});
