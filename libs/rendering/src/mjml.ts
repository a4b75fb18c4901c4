import { createRequire } from 'node:module';
import { withBlockClasses } from './block-classes.js';
import { withBranches } from './branches.js';
import { componentsFor } from './components.js';
import type { Findings } from './findings.js';
import type { MjmlComponentClass } from './mjml-component.js';
import type { SourcePosition, SourceReport } from './position.js';
import { recorded } from './rendered-components.js';
import type { Tokens } from './tokens.js';

interface MjmlResult {
  readonly html: string;
  readonly errors: readonly { readonly line: number; readonly message: string; readonly tagName: string }[];
}
interface Preset {
  readonly components: readonly MjmlComponentClass[];
  readonly dependencies: Readonly<Record<string, readonly unknown[]>>;
}

const require = createRequire(import.meta.url);
// The core and its preset, not the package `mjml`: that package runs code that
// a .mjmlconfig in the current directory names.
const coreModule = require('mjml-core') as { default: (source: string, options: object) => Promise<MjmlResult> };
const presetCore = require('mjml-preset-core') as Preset;

/**
 * Runs MJML once on an expanded source.
 * @param isForCanvas whether blocks get their numbers as classes.
 * @returns HTML with tokens; null if there are errors in the report.
 */
export async function runMjml(
  source: string,
  tokens: Tokens,
  findings: Findings,
  locale: string,
  report: SourceReport,
  placeOf: (line: number, tag: string) => SourcePosition,
  isForCanvas = false,
): Promise<string | null> {
  const own = componentsFor(tokens, findings, locale);
  const marked = isForCanvas ? withBlockClasses : (components: readonly MjmlComponentClass[]) => components;
  try {
    const result = await coreModule.default(source, {
      presets: [
        {
          components: marked(withBranches(recorded(presetCore.components, findings.rendered))),
          dependencies: presetCore.dependencies,
        },
        { components: marked(own.components), dependencies: own.dependencies },
      ],
      validationLevel: 'soft',
      fonts: {},
      keepComments: false,
      ignoreIncludes: true,
      minify: true,
      // Style minification has no effect on a clean install, and crashes with
      // another version of its library.
      minifyOptions: { minifyCss: false, removeComments: false },
    });
    for (const error of result.errors)
      report.error(
        'mjml',
        placeOf(error.line, error.tagName),
        `<${error.tagName}>: ${error.message}`,
        'See the MJML documentation of this component.',
      );
    for (const { code, line, tag, message, remedy } of findings.problems)
      report.error(code, placeOf(line, tag), message, remedy);
    return result.html.trim();
  } catch (error) {
    report.error(
      'mjml-syntax',
      report.recordedPosition('body'),
      `The source cannot be read as MJML: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
      'Begin with <mjml>, close every tag, and quote every attribute.',
    );
    return null;
  }
}
