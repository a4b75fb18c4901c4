import { parseLocale } from '#kernel';
import { compileTemplate, type Compiled, type MasterInput } from './compile.js';

/** Compiles a template in this process, which can be killed. */
export function run(master: MasterInput): Promise<Compiled> {
  return compileTemplate(master);
}

/** The first compilation loads MJML, which takes ten times as long. */
export async function warmUp(): Promise<void> {
  const locale = parseLocale('en');
  if (locale === null) return;
  await compileTemplate({
    kind: 'email',
    file: 'empty.mjml',
    source: '<mjml><mj-body><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>',
    locale,
    catalogueFile: 'en.yaml',
    catalogue: null,
    links: null,
    images: [],
    requiredLocks: [],
    subject: '',
    preheader: '',
    form: null,
  });
}
