import type { SealedMaster, SealedProgram } from '#contracts';
import type { HoleValue } from './hole-value.js';

/**
 * A master with the parts that a partner chose. Conditions on an unknown value
 * stay: then each of their branches is valid.
 * @param values of the partner, by hole.
 */
export function withAnswers(master: SealedMaster, values: ReadonlyMap<number, HoleValue>): SealedMaster {
  const answers = new Map([...values].map(([number, { text }]) => [master.holes[number]?.path ?? '', text]));
  const decided = (program: SealedProgram): SealedProgram =>
    program.flatMap((node): SealedProgram => {
      if (typeof node === 'string' || 'hole' in node) return [node];
      if ('lock' in node) return [{ ...node, body: decided(node.body) }];
      const [body, otherwise] = [decided(node.body), decided(node.otherwise)];
      const fields = Object.entries(node.when);
      if (!fields.every(([field]) => answers.has(field))) return [{ ...node, body, otherwise }];
      return fields.every(([field, wanted]) => wanted.includes(answers.get(field) ?? '')) ? body : otherwise;
    });
  const { html, text, subject, preheader } = master;
  return {
    ...master,
    html: decided(html),
    text: decided(text),
    subject: decided(subject),
    preheader: decided(preheader),
  };
}
