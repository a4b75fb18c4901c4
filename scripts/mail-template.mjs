#!/usr/bin/env node
/**
 * Compiles the MJML of the product's own mails to the Handlebars file that
 * processes read. Processes do not load MJML for them: it takes 0.4 s, and its
 * compiler is asynchronous.
 *
 *   node scripts/mail-template.mjs            fails if the file is old
 *   node scripts/mail-template.mjs --write    writes it
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = join(import.meta.dirname, '../libs/rendering/mail-templates');
const COMPILED = join(FOLDER, 'mail.hbs');

/** @returns the compiled template; MJML keeps the Handlebars expressions. */
export async function compileMailTemplate() {
  const require = createRequire(import.meta.url);
  const { default: compile } = require('mjml-core');
  const { html } = await compile(readFileSync(join(FOLDER, 'mail.mjml'), 'utf8'), {
    presets: [require('mjml-preset-core')],
    // Handlebars expressions are no valid colours and widths.
    validationLevel: 'skip',
    fonts: {},
    keepComments: false,
    ignoreIncludes: true,
  });
  const lines = html.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const compiled = await compileMailTemplate();
  if (process.argv.includes('--write')) writeFileSync(COMPILED, compiled);
  else if (readFileSync(COMPILED, 'utf8') !== compiled) {
    console.error('mail.hbs is not what mail.mjml compiles to: node scripts/mail-template.mjs --write');
    process.exitCode = 1;
  }
}
